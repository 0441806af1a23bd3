//! Packet captures: from a file of packets to the messages of each CTI session in it.
//!
//! ```text
//! bytes of a file, in pieces of any size
//!    |  Packets             pcap and pcapng; one for each file
//! Packet<'_>                time, link type, the bytes that the capture holds
//!    |  Conversations       link, IP, TCP in both directions; one for all files
//! Item                      a message, a hole, a session that opens or closes, ...
//! ```
//!
//! Nothing here reads files or a clock: feed [`Packets`] the bytes that you read, hand each packet
//! to [`Conversations::packet`], and take out the results with [`Conversations::next_item`]. A
//! capture that is still being written thus prints as it grows, and several files make one time
//! line.
//!
//! Loss, retransmission, reordering, duplicates, cut packets and captures that begin in the middle
//! of a session are ordinary. A stretch that is not in the capture is an [`Item::Missing`] in its
//! place, and the next frame after it is found again.
//!
//! ```
//! use cti_codec::capture::{Conversations, Entry, Item, Options, Packets, Side, Writer};
//! use cti_codec::ccx::{HeartbeatReq, Version};
//!
//! // A capture of one heartbeat. Yours comes from a file.
//! let mut writer = Writer::new();
//! let mut heartbeat = bytes::BytesMut::new();
//! cti_codec::ccx::Message::from(HeartbeatReq { invoke_id: 7, ..Default::default() })
//!     .encode(Version::V14, &mut heartbeat)?;
//! writer.message(None, Side::Client, &heartbeat);
//! let file = writer.finish();
//!
//! let mut packets = Packets::new();
//! let mut conversations = Conversations::new(Options::default());
//! packets.feed(&file);
//! while let Some(entry) = packets.next_entry()? {
//!     if let Entry::Packet(packet) = entry {
//!         conversations.packet(&packet);
//!     }
//! }
//! packets.finish()?;
//! conversations.finish();
//! let mut messages = 0;
//! while let Some(item) = conversations.next_item() {
//!     if let Item::Message(message) = item {
//!         assert_eq!(message.from, Side::Client);
//!         assert_eq!(message.frame.bytes()[..], heartbeat[..]);
//!         messages += 1;
//!     }
//! }
//! assert_eq!(messages, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod connection;
mod conversations;
mod cut;
mod file;
mod flow;
mod item;
mod layers;
mod protocol;
mod time;
mod width;
mod write;

pub use conversations::{Conversations, DEFAULT_PORTS, Options, Ports};
pub use file::{Entry, FileError, LinkType, Packet, Packets, is_capture};
pub use item::{
    Closed, Item, Message, Missing, Session, Side, Stamp, Unreadable, VersionSource, Why,
};
pub use protocol::{Protocol, TlsVersion};
pub use time::Time;
pub use write::Writer;
