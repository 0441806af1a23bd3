//! Oracles of `cti_codec::ccx`, and what they stand on: messages made up from the tables, and a second
//! decoder.

#[allow(
    clippy::needless_update,
    reason = "elements of lists may get more fields"
)]
mod built;
#[allow(clippy::cast_possible_truncation, reason = "choices below a few")]
mod model;
mod sample;
mod stream;
mod text;
mod tree;

pub use built::built;
pub use model::model;
pub use stream::{piped, stream};
pub use text::{arrays, text};

pub use sample::{Choices, Style, noise, sample};
pub use tree::{Datum, Event, Part, Tree, default, fixed_size, frame, holds, leaf, printed, shown};

use bytes::BytesMut;

use cti_codec::ccx::dump::{Form, HexDump, HexReader, TraceReader, TraceRows, detect, read_hex};
use cti_codec::ccx::json::{self, Document, JsonError, Object, Packed};
use cti_codec::ccx::layout::{FloatingRow, Required, Reserved};
use cti_codec::ccx::outbound::BaResponse;
use cti_codec::ccx::{
    EncodeError, Fault, FieldName, Finding, Frame, FrameDecoder, FrameError, LAYOUTS, Message,
    MessageType, RawMessage, Text, Version,
};

/// The frame decoder: a stream cut anywhere gives the same frames and the same errors, what it asks
/// for is what it needs, and it holds no more than the limit allows.
///
/// The first byte is the limit for a body, in eights; the second one says how many cuts follow; then
/// comes the stream.
pub fn frames(data: &[u8]) {
    let Some(([limit, cuts], rest)) = data.split_first_chunk() else {
        return;
    };
    let limit = u32::from(*limit) * 8;
    let (cuts, stream) = rest.split_at(rest.len().min(usize::from(*cuts) % 32));
    let expected = cut_by_hand(stream, limit);

    let mut whole = FrameDecoder::with_max_body(limit);
    whole.feed(stream);
    assert_eq!(drain(&mut whole), expected.0);
    assert_eq!(whole.finish().is_ok(), expected.1, "{:?}", whole.finish());

    // In pieces, through either door.
    let mut pieces = FrameDecoder::with_max_body(limit);
    let mut found = Vec::new();
    let mut rest = stream;
    let mut cuts = cuts.iter().copied().cycle();
    while !rest.is_empty() {
        let cut = cuts.next().unwrap_or(u8::MAX);
        let size = usize::from(cut / 2).min(rest.len()).max(1);
        let (piece, after) = rest.split_at(size);
        rest = after;
        let wanted = pieces.wanted();
        assert_ne!(wanted, 0, "there was nothing left to give");
        if cut % 2 == 0 {
            pieces.feed(piece);
        } else {
            pieces.buffer_mut().extend_from_slice(piece);
        }
        let now = drain(&mut pieces);
        if piece.len() < wanted {
            assert!(now.is_empty(), "wanted more than it needed");
            assert_eq!(pieces.wanted(), wanted - piece.len());
        }
        found.extend(now);
        let most = usize::try_from(limit).unwrap() + 8;
        let held = pieces.buffer_mut().len();
        assert!(held < most, "holds {held} bytes with a limit of {limit}");
        assert!(pieces.buffer_mut().capacity() <= 4 * (most + stream.len().min(128)) + 256);
    }
    assert_eq!(found, expected.0);
    assert_eq!(pieces.finish().is_ok(), expected.1);
    assert_eq!(pieces.finish(), whole.finish());

    // As much as is wanted and no more: one step after another leads to the end.
    let mut exact = FrameDecoder::with_max_body(limit);
    let mut found = Vec::new();
    let mut rest = stream;
    loop {
        found.extend(drain(&mut exact));
        let wanted = exact.wanted().min(rest.len());
        if wanted == 0 {
            break;
        }
        let (piece, after) = rest.split_at(wanted);
        rest = after;
        exact.feed(piece);
    }
    assert_eq!(found, expected.0);
}

/// A frame as its bytes, or what is wrong with it.
pub type Cut = Result<Vec<u8>, FrameError>;

/// All that a decoder can give at the moment. Every other frame is borrowed, which is to make no
/// difference to the rest.
pub fn drain(decoder: &mut FrameDecoder) -> Vec<Cut> {
    let mut found = Vec::new();
    let mut borrowed = false;
    loop {
        borrowed = !borrowed;
        let next = if borrowed {
            decoder.next_borrowed().map(|frame| frame.map(bytes_of))
        } else {
            decoder.next_frame().map(|frame| frame.map(bytes_of))
        };
        match next {
            Ok(None) => return found,
            Ok(Some(frame)) => found.push(Ok(frame)),
            Err(error) => found.push(Err(error)),
        }
    }
}

/// The bytes of a frame, which is what they say.
fn bytes_of<B: AsRef<[u8]>>(frame: Frame<B>) -> Vec<u8> {
    let bytes = frame.bytes().as_ref().to_vec();
    assert_eq!(frame.body(), &bytes[8..]);
    let again = Frame::new(bytes.as_slice()).unwrap();
    assert_eq!(again.message_type(), frame.message_type());
    bytes
}

/// The frames and errors of a stream, and whether it ends with one of them.
fn cut_by_hand(stream: &[u8], limit: u32) -> (Vec<Cut>, bool) {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(header) = stream.get(at..at + 8) {
        let length = u32::from_be_bytes(header[..4].try_into().unwrap());
        let message_type = u32::from_be_bytes(header[4..].try_into().unwrap());
        let end = at + 8 + usize::try_from(length).unwrap();
        if length > limit {
            found.push(Err(FrameError::BodyTooLong {
                message_type: MessageType(message_type).into(),
                body_length: length,
                max_body: limit,
            }));
        } else if let Some(frame) = stream.get(at..end) {
            found.push(Ok(frame.to_vec()));
        } else {
            return (found, false);
        }
        at = end;
    }
    (found, at == stream.len())
}

/// A version, a type and a body: one byte each for the first two.
fn parts_of(data: &[u8]) -> Option<(Version, MessageType, &[u8])> {
    let ([version, index], body) = data.split_first_chunk()?;
    let version = Version::ALL[usize::from(*version) % Version::ALL.len()];
    // One of the types without a layout stands for all of them.
    let message_type = LAYOUTS
        .get(usize::from(*index) % (LAYOUTS.len() + 1))
        .map_or(MessageType(68), |layout| MessageType(layout.message_type));
    Some((version, message_type, body))
}

fn encoded(message: &Message<'_>, version: Version) -> Result<Vec<u8>, EncodeError> {
    let mut out = BytesMut::new();
    message.encode_as_received(version, &mut out)?;
    Ok(out.to_vec())
}

fn encoded_strictly(message: &Message<'_>, version: Version) -> Result<Vec<u8>, EncodeError> {
    let mut out = BytesMut::new();
    let result = message.encode(version, &mut out);
    let room = out.len().max(64);
    let mut slice = vec![0xa5; room];
    let in_slice = message.encode_to_slice(version, &mut slice);
    if result.is_ok() {
        assert_eq!(in_slice, Ok(out.len()));
        assert_eq!(slice[..out.len()], out[..]);
        assert!(slice[out.len()..].iter().all(|byte| *byte == 0xa5));
    } else {
        assert!(out.is_empty(), "written before an error");
        assert_eq!(in_slice.err(), result.err());
        assert!(slice.iter().all(|byte| *byte == 0xa5));
    }
    result.map(|()| out.to_vec())
}

/// Decoding any type in any version: no panic, decode–encode–decode is the identity wherever
/// encoding succeeds, canonical input packs back byte for byte, the raw view accounts for every
/// byte.
pub fn decode(data: &[u8]) {
    let Some((version, message_type, body)) = parts_of(data) else {
        return;
    };
    let bytes = frame(message_type.0, body);
    let received = Frame::new(bytes.as_slice()).unwrap();
    let result = received.decode(version);
    raw_view(
        &received,
        version,
        result.as_ref().err().map(|error| error.kind),
    );
    let Ok(message) = result else {
        return;
    };
    assert_eq!(message.message_type(), message_type);
    assert_eq!(message.invoke_id(), received.invoke_id());
    if body.len() < 256 {
        assert!(!format!("{message:?}").is_empty());
    }
    let Some(layout) = message_type.layout() else {
        assert_eq!(message, Message::Raw(RawMessage { message_type, body }));
        assert_eq!(encoded(&message, version), Ok(bytes.clone()));
        assert_eq!(encoded_strictly(&message, version), Ok(bytes.clone()));
        return;
    };

    let tree = Tree::read(layout, body, version).unwrap();
    let written = encoded(&message, version);
    match &written {
        Ok(written) => {
            let again = Message::decode_body(message_type, &written[8..], version).unwrap();
            assert_eq!(again, message, "{version}");
            assert_eq!(encoded(&again, version).as_ref(), Ok(written));
        }
        // The NUL that encoding adds may be one byte too many; elements that other fields kept apart
        // may come to stand side by side.
        Err(error) => assert!(
            matches!(
                error.kind,
                Fault::TooLong { max: 255, .. } | Fault::RunsTogether { .. }
            ),
            "{error}"
        ),
    }
    let canonical = tree.canonical();
    if canonical.body() == body && !canonical.overflows() {
        assert_eq!(written.as_ref(), Ok(&bytes));
    }

    if let Ok(strictly) = encoded_strictly(&message, version) {
        let again = Message::decode_body(message_type, &strictly[8..], version).unwrap();
        assert_eq!(encoded_strictly(&again, version), Ok(strictly.clone()));
        // What the guide prints of required fields has been added; nothing else is different.
        let before = shown(&message);
        let mut after = shown(&again);
        after.retain(|event| before.contains(event) || !may_be_added(layout.floating, event));
        assert_eq!(after, before);
        if strictly.len() == bytes.len() {
            assert_eq!(Ok(strictly), written);
        }
    }
}

/// Whether an event is a field that strict encoding adds: a required one with a printed value, or
/// the count of a list that came without one.
fn may_be_added(rows: &'static [FloatingRow], event: &Event) -> bool {
    let Event::Field(id, ..) = event else {
        return false;
    };
    leaf(rows, *id).is_some_and(|row| {
        row.required == Required::Yes && row.reserved.is_some() || row.counts.is_some()
    })
}

fn raw_view(received: &Frame<&[u8]>, version: Version, error: Option<Fault>) {
    let bytes = received.bytes();
    let Some(layout) = received.message_type().layout() else {
        assert!(received.floating_fields(version).next().is_none());
        return;
    };
    let fixed: usize = layout
        .fixed
        .iter()
        .filter(|row| row.is_in(version.number()))
        .map(fixed_size)
        .sum();
    let mut at = 8 + fixed;
    let header = if version >= Version::V18 { 3 } else { 2 };
    let mut fields = received.floating_fields(version);
    for field in fields.by_ref() {
        match field {
            Ok(field) => {
                let data = &bytes[at + header..][..field.data.len()];
                assert_eq!(data, field.data);
                assert_eq!(usize::from(bytes[at + header - 1]), data.len());
                at += header + data.len();
            }
            Err(cut) => {
                assert_eq!(cut.offset, at);
                // Another field may have been refused before the walk came here.
                assert!(error.is_some());
                at = bytes.len();
            }
        }
    }
    assert!(fields.next().is_none());
    if bytes.len() >= 8 + fixed {
        assert_eq!(at, bytes.len());
    } else {
        assert!(matches!(error, Some(Fault::Truncated { .. })));
    }
}

/// The second decoder, driven by the tables, agrees with the typed one: about every field, about
/// every error, and about what is written again.
pub fn second(data: &[u8]) {
    let Some((version, message_type, body)) = parts_of(data) else {
        return;
    };
    let Some(layout) = message_type.layout() else {
        return;
    };
    let typed = Message::decode_body(message_type, body, version);
    let tree = match (Tree::read(layout, body, version), &typed) {
        (Err(expected), typed) => {
            assert_eq!(typed.as_ref().err(), Some(&expected), "{version}");
            return;
        }
        (Ok(tree), Ok(_)) => tree,
        (Ok(_), Err(error)) => panic!("{error} in version {version}"),
    };
    let Ok(message) = typed else { return };
    assert_eq!(shown(&message), tree.events(), "{} {version}", layout.name);
    let canonical = tree.canonical();
    let written = canonical.body();
    // It can be written if that means the same.
    let means_the_same = !canonical.overflows()
        && Tree::read(layout, &written, version).is_ok_and(|again| again.events() == tree.events());
    match encoded(&message, version) {
        Ok(bytes) if means_the_same => {
            assert_eq!(
                bytes,
                frame(message_type.0, &written),
                "{} {version}",
                layout.name
            );
        }
        // What keeps elements apart is kept where it is, and all else with it.
        Ok(bytes) => assert_eq!(bytes, frame(message_type.0, body), "{version}"),
        Err(error) => assert!(!means_the_same, "{error} in version {version}"),
    }
}

/// A message generated from the tables encodes and decodes to itself.
pub fn structured(data: &[u8]) {
    let mut choices = Choices::new(data);
    let layout = LAYOUTS[choices.below(LAYOUTS.len())];
    let version = Version::ALL[choices.below(Version::ALL.len())];
    let style = if choices.flip() {
        Style::Lawful
    } else {
        Style::Wild
    };
    let tree = sample(layout, version, style, &mut choices);
    let body = tree.body();
    let message = Message::decode_body(MessageType(layout.message_type), &body, version)
        .unwrap_or_else(|error| panic!("{error} in {tree:?}"));
    assert_eq!(shown(&message), tree.events());
    assert_eq!(encoded(&message, version), Ok(tree.frame()));
    if style == Style::Lawful {
        assert_eq!(encoded_strictly(&message, version), Ok(tree.frame()));
    }
}

/// Checking: what decoding rejects is found, what nothing is found in is accepted by decoding and
/// by strict encoding, and what strict encoding refuses is among the findings.
pub fn check(data: &[u8]) {
    let Some((version, message_type, body)) = parts_of(data) else {
        return;
    };
    let bytes = frame(message_type.0, body);
    let received = Frame::new(bytes.as_slice()).unwrap();
    let findings = received.check(version);
    assert!(findings.is_sorted_by_key(|finding| finding.offset));
    for finding in &findings {
        assert_eq!(finding.message, message_type);
        // Where the type is what is found, it is in the header.
        let first = if message_type.layout().is_some() {
            8
        } else {
            4
        };
        assert!((first..=bytes.len()).contains(&finding.offset), "{finding}");
        assert!(!finding.kind.name().is_empty() && !finding.to_string().is_empty());
    }
    if let Some(more) = findings
        .iter()
        .find(|finding| matches!(finding.kind, Fault::More { .. }))
    {
        // What is not listed cannot be compared.
        assert!(findings.len() > 512, "{more}");
        return;
    }
    let message = match received.decode(version) {
        Ok(message) => message,
        Err(error) => {
            assert!(findings.contains(&Finding::from(error)), "{error}");
            return;
        }
    };
    // A field of a wrong form costs itself only, and is told as what decoding found.
    assert!(
        !findings.iter().any(|finding| matches!(
            finding.kind,
            Fault::Truncated { .. } | Fault::OtherType { .. }
        )),
        "{findings:?}"
    );
    let refused: Vec<_> = findings
        .iter()
        .filter(|finding| is_refused(finding))
        .collect();
    match encoded_strictly(&message, version) {
        Ok(written) => {
            assert!(refused.is_empty(), "written in spite of {refused:?}");
            if findings.is_empty() {
                assert_eq!(written.len(), bytes.len());
                let again = Frame::new(written.as_slice()).unwrap();
                assert_eq!(again.check(version), []);
            }
        }
        // A field between two elements is nothing to find, and keeps apart what encoding cannot.
        Err(error) if matches!(error.kind, Fault::RunsTogether { .. }) => {}
        // The NUL that encoding adds to a text makes it longer than it came.
        Err(error) => assert!(
            !refused.is_empty()
                || matches!(
                    error.kind,
                    Fault::TooLong { .. } | Fault::TooMuchNamedData { .. }
                ) && findings
                    .iter()
                    .any(|finding| finding.kind == Fault::NoFinalNul),
            "{error}, but {findings:?}"
        ),
    }
}

/// Whether strict encoding refuses what a finding is about. It adds required numbers that the guide
/// prints, and counts; the rest it writes as it is, or right.
fn is_refused(finding: &Finding) -> bool {
    match finding.kind {
        Fault::Missing => {
            let rows = MessageType::from(finding.message)
                .layout()
                .map_or(&[][..], |layout| layout.floating);
            !rows.iter().any(|row| {
                matches!(row, FloatingRow::Field(row)
                    if finding.field == FieldName::Listed(row.name)
                        && matches!(row.reserved, Some(Reserved::Number(_))))
            })
        }
        Fault::Rule(rule) => rule.binding,
        Fault::Truncated { .. }
        | Fault::WrongSize { .. }
        | Fault::UnterminatedName
        | Fault::TooLong { .. }
        | Fault::CountMismatch { .. }
        | Fault::TooMany { .. }
        | Fault::Repeated
        | Fault::InnerNul { .. }
        | Fault::NotBool { .. }
        | Fault::NotInVersion { .. }
        | Fault::NameTooLong { .. }
        | Fault::ValueTooLong { .. }
        | Fault::TooMuchNamedData { .. } => true,
        Fault::UnknownType
        | Fault::TypeWithoutLayout
        | Fault::CountMissing { .. }
        | Fault::Unlisted
        | Fault::ReservedChanged { .. }
        | Fault::NoFinalNul
        | Fault::NotUtf8 { .. }
        | Fault::UnlistedCode { .. }
        | Fault::UnlistedBits { .. } => false,
        other => panic!("{other:?} is not judged here"),
    }
}

/// JSON there and back: whatever decodes comes back from its object as encoding writes it.
pub fn json(data: &[u8]) {
    let Some((version, message_type, body)) = parts_of(data) else {
        return;
    };
    let Ok(message) = Message::decode_body(message_type, body, version) else {
        return;
    };
    let length = body.len();
    // Through text, as it travels.
    let text = serde_json::to_string(&Object { length, message }).unwrap();
    let object: Document = serde_json::from_str(&text).unwrap();
    let mut out = BytesMut::new();
    let result = object.pack(version, &mut out);
    // It is known without reading it whether it comes back.
    assert_eq!(
        Object { length, message }.comes_back(version),
        result.is_ok() && out.len() == length + 8,
        "{text}"
    );
    let strict = encoded_strictly(&message, version);
    match encoded(&message, version) {
        // As long as it was: as received, with whatever it breaks.
        Ok(written) if written.len() == length + 8 => {
            // Fields that no list takes may keep its elements apart. An object has them elsewhere.
            if let Err(JsonError::Malformed(error)) = &result
                && matches!(
                    error.kind,
                    json::MalformedKind::Message(Fault::RunsTogether { .. })
                )
            {
                assert!(out.is_empty(), "{text}");
                return;
            }
            assert_eq!(out, written, "{text}");
            assert_eq!(result, Ok(Packed::AsReceived(strict.err())), "{text}");
        }
        // Texts that lacked their NUL, for example: no longer what was received, so held to the
        // guide. Counts follow from lists then, so a wrong count is no reason to refuse.
        Ok(_) => match (result, strict) {
            (Ok(Packed::Strict), Ok(strict)) => assert_eq!(out, strict, "{text}"),
            (Ok(Packed::Strict), Err(error)) => assert!(
                matches!(
                    error.kind,
                    Fault::CountMismatch { .. } | Fault::NotInVersion { .. }
                ),
                "{error} in {text}"
            ),
            (Ok(other), _) => panic!("{other:?} of {text}"),
            (Err(JsonError::Refused(_)), Err(_)) => assert!(out.is_empty()),
            (Err(error), _) => panic!("{error} in {text}"),
        },
        // What cannot be written is not written from its object.
        Err(_) => assert!(result.is_err() && out.is_empty(), "{result:?} of {text}"),
    }

    // Of one's own, without a length.
    let object = serde_json::to_value(message).unwrap();
    let mut out = BytesMut::new();
    match (
        json::read(&object, version, &mut out),
        encoded_strictly(&message, version),
    ) {
        (Ok(_), Ok(strict)) => assert_eq!(out, strict),
        // Counts are written that did not come, and may tell elements apart.
        (Ok(_), Err(error)) => assert!(
            matches!(
                error.kind,
                Fault::CountMismatch { .. } | Fault::RunsTogether { .. }
            ),
            "{error} in {object}"
        ),
        (Err(error), Ok(_)) => panic!("{error} in {object}"),
        (Err(_), Err(_)) => assert!(out.is_empty()),
    }
}

/// JSON that people write: no panic; what is packed decodes, and its own object packs to the same.
/// The first byte is the version.
pub fn json_text(data: &[u8]) {
    let Some((version, text)) = data.split_first() else {
        return;
    };
    let version = Version::ALL[usize::from(*version) % Version::ALL.len()];
    let Ok(value) = serde_json::from_slice::<Document>(text) else {
        return;
    };
    let mut out = BytesMut::from(&b"before"[..]);
    match value.pack(version, &mut out) {
        Ok(packed) => {
            let bytes = &out[6..];
            let received = Frame::new(bytes).unwrap();
            let message = received.decode(version).unwrap();
            match packed {
                Packed::Strict => assert_eq!(encoded_strictly(&message, version).unwrap(), bytes),
                Packed::AsReceived(refusal) => {
                    assert_eq!(encoded(&message, version).unwrap(), bytes);
                    assert_eq!(encoded_strictly(&message, version).err(), refusal);
                }
            }
            let length = received.body().len();
            let object = serde_json::to_value(Object { length, message }).unwrap();
            let mut again = BytesMut::new();
            json::read(&object, version, &mut again).unwrap();
            assert_eq!(again, bytes, "{object}");
        }
        Err(error) => {
            assert_eq!(out, &b"before"[..]);
            assert!(!error.to_string().is_empty());
        }
    }
}

/// The readers of text: no panic and no more bytes than the text has digits for; what the writers
/// write, the readers read.
pub fn dump(data: &[u8]) {
    let _ = detect(data);
    let mut reader = HexReader::new();
    let mut out = BytesMut::new();
    for line in data.split(|byte| *byte == b'\n') {
        let before = out.len();
        if let Err(error) = reader.line(line, &mut out) {
            assert_eq!(out.len(), before, "{error}");
            assert!((1..=line.len() + 1).contains(&error.column), "{error}");
        }
    }
    // Rows that a `*` stands for come on top, up to a bound.
    assert!(out.len() <= data.len() / 2 + (1 << 20));

    let mut reader = TraceReader::with_max_body(512);
    let lines = data.split(|byte| *byte == b'\n');
    for (number, line) in lines.enumerate() {
        reader.line(line);
        while let Some(result) = reader.next_frame() {
            match result {
                Ok(traced) => {
                    assert!((1..=number + 1).contains(&traced.line));
                    assert!(traced.frame.body().len() <= 512);
                }
                Err(error) => assert!((1..=number + 1).contains(&error.line), "{error}"),
            }
        }
    }
    reader.finish();
    while let Some(result) = reader.next_frame() {
        assert!(result.is_err(), "a frame that was whole before the end");
    }

    // There and back.
    let text = HexDump(data).to_string();
    assert_eq!(read_hex(text.as_bytes()).as_deref(), Ok(data), "{text}");
    // A text column with the label of a trace in it is taken for a trace, as it well may be one.
    let label = data.windows(5).any(|window| window == b"MHDR:");
    if !data.is_empty() && !label {
        assert_eq!(detect(text.as_bytes()), Some(Form::Hex));
    }
    let bytes = frame(u32::from(data.first().copied().unwrap_or_default()), data);
    let whole = Frame::new(bytes.as_slice()).unwrap();
    let mut text =
        String::from("7091948: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:writing...\n");
    text.push_str(&TraceRows(&whole).to_string());
    text.push_str("7091949: Nov 20 10:43:59.436 EDT %MIVR\n");
    assert_eq!(detect(text.as_bytes()), Some(Form::Trace));
    let mut reader = TraceReader::with_max_body(u32::MAX);
    // Twice, so that what follows does not run into it.
    for line in text.lines().chain(text.lines()) {
        reader.line(line.as_bytes());
    }
    reader.finish();
    for line in [2, 2 + text.lines().count()] {
        let traced = reader.next_frame().unwrap().unwrap();
        assert_eq!(traced.line, line);
        assert_eq!(traced.frame.bytes(), &bytes);
    }
    assert!(reader.next_frame().is_none());
}

/// Texts of the outbound feature: what is read as a response is written as it came, or as what
/// reads the same.
pub fn outbound(data: &[u8]) {
    let response = BaResponse::from(Text::from(data));
    if let Ok(value) = response.to_value() {
        assert_eq!(BaResponse::from(value.text()), response);
        if !matches!(response, BaResponse::Callback(_)) {
            assert_eq!(value.text().as_bytes(), data);
        }
    } else {
        assert!(data.contains(&0) || data.len() > 200, "{response:?}");
    }
}
