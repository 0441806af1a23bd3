//! A client of the simulator that says and reads what the test wants.

use std::time::Duration;

use bytes::BytesMut;
use cti_codec::ccx::simulator::{ConnectionId, Simulator};
use cti_codec::ccx::{FrameDecoder, Message, MessageType, OpenReq, StatusCode, Version};

pub(super) const NOW: Duration = Duration::ZERO;

/// A client of the simulator that says and reads what the test wants.
pub(super) struct Peer {
    pub(super) id: ConnectionId,
    version: Version,
    decoder: FrameDecoder,
    pub(super) invoke_id: u32,
}

impl Peer {
    pub(super) fn connect(simulator: &mut Simulator, version: Version, open: &OpenReq<'_>) -> Self {
        let mut peer = Self {
            id: simulator.connected(NOW),
            version,
            decoder: FrameDecoder::new(),
            invoke_id: 0,
        };
        let open = OpenReq {
            version_number: version.number(),
            idle_timeout: 40,
            ..*open
        };
        peer.send(simulator, open);
        peer
    }

    pub(super) fn open(simulator: &mut Simulator, open: &OpenReq<'_>) -> Self {
        let mut peer = Self::connect(simulator, Version::V14, open);
        assert_eq!(peer.types(simulator), [MessageType::OPEN_CONF]);
        peer
    }

    pub(super) fn send<'m>(&mut self, simulator: &mut Simulator, message: impl Into<Message<'m>>) {
        let mut message = message.into();
        self.invoke_id += 1;
        if let Some(place) = message.invoke_id_mut() {
            *place = self.invoke_id;
        }
        let mut bytes = BytesMut::new();
        message
            .encode_as_received(self.version, &mut bytes)
            .unwrap();
        simulator.handle_input(NOW, self.id, &bytes);
    }

    pub(super) fn frames(&mut self, simulator: &mut Simulator) -> Vec<cti_codec::ccx::Frame> {
        while let Some(bytes) = simulator.poll_transmit(NOW, self.id) {
            self.decoder.feed(&bytes);
        }
        std::iter::from_fn(|| self.decoder.next_frame().unwrap()).collect()
    }

    pub(super) fn types(&mut self, simulator: &mut Simulator) -> Vec<MessageType> {
        let frames = self.frames(simulator);
        frames
            .iter()
            .map(cti_codec::mhdr::Frame::message_type)
            .collect()
    }

    /// The status of the one refusal that has come.
    pub(super) fn status(&mut self, simulator: &mut Simulator) -> StatusCode {
        let frames = self.frames(simulator);
        assert_eq!(frames.len(), 1, "{frames:?}");
        match frames[0].decode(self.version).unwrap() {
            Message::FailureConf(failure) => failure.status,
            other => panic!("{other}"),
        }
    }
}
