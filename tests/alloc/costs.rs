//! What the other side may send to make the library work or remember more than it is long, and what
//! is done with it. `memory.rs` holds each row to its factor, and `benches/proportion.rs` counts its
//! instructions at two sizes.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::too_many_lines,
    reason = "a flat list, of which its users need parts"
)]

use std::fmt::{self, Write as _};
use std::hint::black_box;

use bytes::BytesMut;
use cti_codec::ccx::dump::{
    ArrayReader, HexDump, TextReader, TraceReader, TraceRows, detect, read_hex,
};
use cti_codec::ccx::json::{Document, Object};
use cti_codec::ccx::{Frame, FrameDecoder, Message, MessageType, Version};
use cti_codec::gsw::campaign_group_state::CampaignGroupState;
use cti_codec::gsw::client::{CallResults, Chain, FieldOptions};
use cti_codec::gsw::messages::{DesktopMessage, MessageType as Desktop};
use cti_codec::gsw::{AttachedData, AttachedDataBuf, json as gsw_json, trace};
use serde_json::{Map, Value, json};

/// Repetitions of what dumps are made of.
pub const DUMP: usize = 60;

/// How much there is, and what is to be done with it.
pub struct Work {
    pub bytes: usize,
    pub run: Box<dyn FnOnce()>,
}

pub struct Cost {
    pub name: &'static str,
    /// The most that is live at once, in bytes of the input.
    pub factor: u64,
    /// Repetitions that are enough to see what grows.
    pub few: usize,
    pub work: fn(usize) -> Work,
}

fn work(bytes: usize, run: impl FnOnce() + 'static) -> Work {
    let run = Box::new(run);
    Work { bytes, run }
}

/// A message whose floating part is so many times the same bytes.
fn repeated(name: &str, version: Version, field: &[u8], count: usize) -> Frame<Vec<u8>> {
    let message_type = MessageType::from_name(name).unwrap();
    let fixed = message_type.layout().unwrap().fixed_size(version);
    let body = [vec![0; fixed], field.repeat(count)].concat();
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    let number = message_type.0.to_be_bytes();
    Frame::new([&length, number.as_slice(), &body].concat()).unwrap()
}

/// Swallows what is written, for what a printer itself needs.
struct Nowhere;

impl fmt::Write for Nowhere {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
    }
}

/// A row for each message with so many times the same bytes in its floating part.
macro_rules! each {
    ($what:literal $factor:literal $few:literal $run:ident; $($message:literal $version:ident $field:expr;)*) => {
        [$(Cost {
            name: concat!($what, " ", $message, " ", stringify!($version), " ", stringify!($field)),
            factor: $factor,
            few: $few,
            work: |count| {
                let frame = repeated($message, Version::$version, &$field, count);
                work(frame.bytes().len(), move || $run(&frame, Version::$version))
            },
        }),*]
    };
}

fn decode(frame: &Frame<Vec<u8>>, version: Version) -> Message<'_> {
    frame.decode(version).unwrap()
}

fn there_and_back(frame: &Frame<Vec<u8>>, version: Version) {
    let message = decode(frame, version);
    let mut out = BytesMut::new();
    black_box(message.encode_as_received(version, &mut out)).ok();
    black_box(message.encode(version, &mut out)).ok();
}

fn check(frame: &Frame<Vec<u8>>, version: Version) {
    black_box(frame.check(version));
}

fn debug(frame: &Frame<Vec<u8>>, version: Version) {
    write!(Nowhere, "{:?}", decode(frame, version)).unwrap();
}

fn to_writer(frame: &Frame<Vec<u8>>, version: Version) {
    let message = decode(frame, version);
    let length = frame.body().len();
    serde_json::to_writer(std::io::sink(), &Object { length, message }).unwrap();
}

fn read_dump(text: String) -> Work {
    work(text.len(), move || {
        black_box(detect(text.as_bytes()));
        black_box(read_hex(text.as_bytes())).ok();
        let mut reader = TraceReader::new();
        for line in text.lines() {
            reader.line(line.as_bytes());
            while let Some(traced) = reader.next_frame() {
                black_box(traced).ok();
            }
        }
        reader.finish();
    })
}

fn read_text(text: String) -> Work {
    work(text.len(), move || {
        let mut messages = TextReader::new();
        let mut arrays = ArrayReader::new();
        for line in text.lines() {
            messages.line(line.as_bytes());
            while let Some(message) = messages.next_message() {
                if let Ok(message) = message {
                    black_box(message.fields(Version::V14));
                }
            }
            arrays.line(line.as_bytes());
            while let Some(array) = arrays.next_array() {
                black_box(array);
            }
        }
        messages.finish();
        arrays.finish();
    })
}

/// The object of a message with so many times the same bytes, to be read from its text.
fn json_back(name: &str, field: &[u8], count: usize) -> Work {
    let frame = repeated(name, Version::V14, field, count);
    let message = decode(&frame, Version::V14);
    let length = frame.body().len();
    let text = serde_json::to_string(&Object { length, message }).unwrap();
    work(text.len(), move || {
        let document: Document = serde_json::from_str(&text).unwrap();
        let mut out = BytesMut::new();
        document.pack(Version::V14, &mut out).unwrap();
        assert_eq!(out.len(), length + 8);
    })
}

/// So many pairs that say next to nothing.
fn small_pairs(count: usize) -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    for _ in 0..count {
        data.push("", "");
    }
    data
}

/// A list sixteen deep with so many pairs at its bottom.
fn deep_pairs(count: usize) -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    for _ in 0..count {
        data.push("a", 1);
    }
    for _ in 0..15 {
        let mut outer = AttachedDataBuf::new();
        outer.push("", data);
        data = outer;
    }
    data
}

/// A message with so many keys that it does not know.
fn message(count: usize) -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    data.push("GSW_USER_EVENT", "CampaignStarted");
    for _ in 0..count {
        data.push("", "");
    }
    data
}

fn group_state(member: &str, count: usize) -> String {
    let members = vec![member; count].join(",");
    format!(
        r#"{{"GSW_USER_EVENT":"CampaignGroupState","GSW_CAMPAIGN_GROUP_DBID":1,"GSW_CAMPAIGN_GROUP_NAME":"g","GSW_CAMPAIGN_NAME":"c","l":[{members}]}}"#
    )
}

macro_rules! cost {
    ($name:literal, $factor:literal, $few:expr, |$count:ident| $work:expr) => {
        Cost {
            name: $name,
            factor: $factor,
            few: $few,
            work: |$count| $work,
        }
    };
}

/// A row for text that is read.
macro_rules! text {
    ($name:literal, $factor:literal, $few:literal, |$count:ident| $text:expr, |$read:ident| $run:expr) => {
        cost!($name, $factor, $few, |$count| {
            let $read: String = $text;
            work($read.len(), move || $run)
        })
    };
}

pub fn costs() -> Vec<Cost> {
    let mut costs = Vec::new();
    // Twice what is written: strictly and as received.
    costs.extend(each! {"decode and encode" 6 2_000 there_and_back;
        "FAILURE_CONF" V14 [0xfe, 0];
        "FAILURE_CONF" V14 [7, 0];
        "CALL_DATA_UPDATE_EVENT" V14 [82, 1, 0];
        "CALL_DATA_UPDATE_EVENT" V14 [82, 1, 0, 83, 2, 0, 0];
        "CALL_DATA_UPDATE_EVENT" V18 [0, 82, 1, 0, 0, 0xfe, 0];
        "CONFIG_AGENT_EVENT" V14 [183, 2, 0, 0, 62, 4, 0, 0, 0, 1];
        "CONFIG_AGENT_EVENT" V14 [62, 4, 0, 0, 0, 1];
        "CONFIG_AGENT_EVENT" V14 [189, 2, 0, 1, 62, 4, 0, 0, 0, 1];
        "AGENT_STATE_EVENT" V14 [65, 2, 0, 1, 0xfe, 0];
        "TEAM_CONFIG_EVENT" V14 [87, 2, 0, 1];
    });
    costs.extend(each! {"check" 20 2_000 check;
        "FAILURE_CONF" V14 [0xfe, 0];
        "FAILURE_CONF" V14 [7, 0];
        "CALL_DATA_UPDATE_EVENT" V14 [82, 1, 0];
        "CONFIG_AGENT_EVENT" V14 [183, 2, 0, 0, 62, 4, 0, 0, 0, 1];
        "CONFIG_AGENT_EVENT" V14 [183, 0];
        "CONFIG_AGENT_EVENT" V14 [62, 4, 0, 0, 0, 1];
        "TEAM_CONFIG_EVENT" V14 [87, 2, 0, 1];
        "TEAM_CONFIG_EVENT" V14 [87, 2, 0, 2];
    });
    costs.extend(each! {"Debug" 0 2_000 debug;
        "FAILURE_CONF" V14 [0xfe, 0];
        "CALL_DATA_UPDATE_EVENT" V14 [82, 1, 0];
        "CONFIG_AGENT_EVENT" V14 [183, 2, 0, 0];
    });
    costs.extend(each! {"JSON to a writer" 0 500 to_writer;
        "FAILURE_CONF" V14 [0xfe, 0];
        "FAILURE_CONF" V14 [7, 0];
        "CALL_DATA_UPDATE_EVENT" V14 [82, 2, 0, 0];
        "CONFIG_AGENT_EVENT" V14 [183, 2, 0, 0];
        "CONFIG_AGENT_EVENT" V14 [183, 2, 0, 0, 62, 4, 0, 0, 0, 1];
    });
    // What is read is the text of the object, to which its memory is compared.
    costs.extend([
        cost!("JSON back, unlisted fields", 20, 500, |count| json_back(
            "FAILURE_CONF",
            &[0xfe, 0],
            count
        )),
        cost!("JSON back, named variables", 20, 500, |count| json_back(
            "CALL_DATA_UPDATE_EVENT",
            &[82, 2, 0, 0],
            count
        )),
        cost!("JSON back, records", 20, 500, |count| json_back(
            "CONFIG_AGENT_EVENT",
            &[183, 2, 0, 0, 62, 4, 0, 0, 0, 1],
            count
        )),
    ]);
    costs.extend([
        text!(
            "JSON that is no message",
            20,
            10_000,
            |count| format!("[{}0]", "0,".repeat(count)),
            |text| {
                let document: Document = serde_json::from_str(&text).unwrap();
                let read = document.pack(Version::V14, &mut BytesMut::new());
                black_box(read).unwrap_err();
            }
        ),
        text!(
            "JSON with empty texts",
            20,
            10_000,
            |count| format!(
                r#"{{"id":6,"fields":{{"InvokeID":[{}0]}}}}"#,
                "\"\",".repeat(count)
            ),
            |text| {
                let document: Document = serde_json::from_str(&text).unwrap();
                let read = document.pack(Version::V14, &mut BytesMut::new());
                black_box(read).unwrap_err();
            }
        ),
        cost!("frames that are kept", 10, 1_000, |count| {
            let bytes = [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 1].repeat(count);
            work(bytes.len(), move || {
                let mut decoder = FrameDecoder::new();
                let mut frames = Vec::new();
                for byte in bytes.chunks(1) {
                    decoder.feed(byte);
                    frames.extend(decoder.next_frame().unwrap());
                }
            })
        }),
        cost!("messages in text", 20, DUMP, |count| read_text(
            "got { length=9 type=END_CALL_EVENT, callID: 7, foo: [1, {a: 2}] }\n".repeat(count)
        )),
        cost!("a message over lines", 20, DUMP, |count| read_text(
            format!(
                "{{ length=9 type=END_CALL_EVENT,\n{}",
                "text: a,\n".repeat(count)
            )
        )),
        cost!("braces in a message", 20, DUMP, |count| read_text(format!(
            "{{ length=9 type=END_CALL_EVENT, text: {}",
            "{}{\n".repeat(count)
        ))),
        cost!("arrays", 20, DUMP, |count| read_text(
            "[0, 4, 255] <Buffer 00 04> ".repeat(count)
        )),
        cost!("brackets", 20, DUMP, |count| read_text(
            "<Buffer 00 [0, [/*".repeat(count)
        )),
        cost!("quotes", 20, DUMP, |count| read_text(
            "'\\0\"\\0".repeat(count)
        )),
        cost!("a dump", 20, DUMP, |count| read_dump(
            HexDump(&vec![7; count * 16]).to_string()
        )),
        cost!("digits", 20, DUMP, |count| read_dump(
            "00".repeat(count * 16)
        )),
        cost!("spaced digits", 20, DUMP, |count| read_dump(
            "00 ".repeat(count * 16)
        )),
        cost!("a row with a text column", 20, DUMP, |count| {
            read_dump(format!(
                "0000: {}",
                "41 ".repeat(count * 8) + &"A".repeat(count * 8)
            ))
        }),
        cost!("a row with letters", 20, DUMP, |count| {
            read_dump(format!(
                "0000: {}",
                "ab ".repeat(count * 8) + &"x".repeat(count * 8)
            ))
        }),
        cost!("stars", 20, DUMP, |count| read_dump(format!(
            "0000: 00\n{}",
            "*\n".repeat(count)
        ))),
        cost!("a trace", 20, DUMP, |count| {
            let frame = repeated("HEARTBEAT_REQ", Version::V14, &[0; 60], 1);
            read_dump(TraceRows(&frame).to_string().repeat(count))
        }),
        cost!("heads of a trace", 20, DUMP, |count| {
            read_dump("MHDR:    0000: 00 00 00 04 00 00 00 05 ....\n".repeat(count))
        }),
    ]);
    costs.extend([
        cost!("to_buf of small pairs", 20, 1_000, |count| {
            let packed = small_pairs(count).view().pack().unwrap();
            work(packed.len(), move || {
                black_box(AttachedData::unpack(&packed).unwrap().to_buf());
            })
        }),
        cost!("find, then pack", 20, 1_000, |count| {
            let packed = deep_pairs(count).view().pack().unwrap();
            work(packed.len(), move || {
                let data = AttachedData::unpack(&packed).unwrap();
                black_box(data.value("b"));
                black_box(data.pack().unwrap());
            })
        }),
        cost!("trace of small pairs, there", 20, 1_000, |count| {
            let packed = small_pairs(count).view().pack().unwrap();
            work(packed.len(), move || {
                let data = AttachedData::unpack(&packed).unwrap();
                black_box(trace::write("UserData", data).unwrap());
            })
        }),
        cost!("trace of small pairs, back", 20, 1_000, |count| {
            let data = small_pairs(count);
            let text = trace::write("UserData", data.view()).unwrap();
            work(text.len(), move || {
                black_box(trace::lists(&text).count());
            })
        }),
        cost!("heads of lists in a trace", 20, 1_000, |count| {
            let text = "\tAttributeUserData\t[2] 00 00\n".repeat(count);
            work(text.len(), move || {
                black_box(trace::lists(text.as_bytes()).collect::<Vec<_>>());
            })
        }),
        cost!("a message in and out", 20, 1_000, |count| {
            let packed = message(count).view().pack().unwrap();
            work(packed.len(), move || {
                let data = AttachedData::unpack(&packed).unwrap();
                let message = DesktopMessage::from_attached_data(data).unwrap();
                black_box(message.to_attached_data_as_received());
            })
        }),
        cost!("a message checked", 20, 1_000, |count| {
            let packed = message(count).view().pack().unwrap();
            work(packed.len(), move || {
                let data = AttachedData::unpack(&packed).unwrap();
                black_box(Desktop::CampaignStarted.check_received(data));
            })
        }),
        cost!("gsw JSON there", 20, 1_000, |count| {
            let packed = deep_pairs(count).view().pack().unwrap();
            work(packed.len(), move || {
                let data = AttachedData::unpack(&packed).unwrap();
                black_box(gsw_json::write(data));
            })
        }),
        cost!("gsw JSON back", 20, 300, |count| {
            let text = gsw_json::write(deep_pairs(count).view());
            work(text.len(), move || {
                black_box(gsw_json::read(text.as_bytes()).unwrap());
            })
        }),
    ]);
    costs.extend([
        text!(
            "a campaign group state",
            20,
            500,
            |count| group_state(r#"{"GSW_STAT_":0}"#, count),
            |text| {
                let state: CampaignGroupState = serde_json::from_str(&text).unwrap();
                black_box(serde_json::to_string(&state).unwrap());
            }
        ),
        text!(
            "nested statistics",
            20,
            500,
            |count| group_state(r#"{"GSW_STAT_":0}"#, count),
            |text| {
                let state: CampaignGroupState = serde_json::from_str(&text).unwrap();
                black_box(state.nested_statistics().filter(Result::is_ok).count());
            }
        ),
        text!(
            "nested statistics in brackets",
            20,
            500,
            |count| group_state(
                &format!(
                    "{}{{\"GSW_STAT_\":0}}{}",
                    "[".repeat(100),
                    ",{\"GSW_STAT_\":0}".repeat(count) + &"]".repeat(100)
                ),
                1
            ),
            |text| {
                let state: CampaignGroupState = serde_json::from_str(&text).unwrap();
                black_box(state.nested_statistics().filter(Result::is_ok).count());
            }
        ),
        // What a program may have built, which is deeper than what is read.
        cost!("nested statistics that were built", 20, 40, |depth| {
            let mut value: Value = json!({"GSW_STAT_": 0});
            for _ in 0..depth {
                // Not by `json!`, which copies what it is given.
                value =
                    Map::from_iter([("GSW_STAT_".into(), 0.into()), ("m".into(), value)]).into();
            }
            let text = group_state("{}", 1);
            let mut state: CampaignGroupState = serde_json::from_str(&text).unwrap();
            state.unlisted.insert("m", value);
            work(text.len() + depth * 22, move || {
                black_box(state.nested_statistics().filter(Result::is_ok).count());
            })
        }),
        text!(
            "chained records",
            20,
            500,
            |count| format!("{{\"records\":[{}]}}", vec!["{}"; count].join(",")),
            |text| {
                black_box(serde_json::from_str::<Chain>(&text).unwrap());
            }
        ),
        text!(
            "options of a field",
            20,
            500,
            |count| {
                let members: Vec<_> = (0..count).map(|at| format!("\"{at}\":\"\"")).collect();
                format!("{{{}}}", members.join(","))
            },
            |text| {
                black_box(serde_json::from_str::<FieldOptions>(&text).ok());
            }
        ),
        text!(
            "call results",
            20,
            500,
            |count| {
                let members: Vec<_> = (0..count).map(|at| format!("\"{at}\":\"{at}\"")).collect();
                format!("{{{}}}", members.join(","))
            },
            |text| {
                black_box(serde_json::from_str::<CallResults>(&text).ok());
            }
        ),
    ]);
    costs
}
