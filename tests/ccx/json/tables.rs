//! Frames made from the tables.

use super::*;

/// A field as it is put on the wire, or the elements of a list.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Field(u16, Vec<u8>),
    List(Vec<Vec<Item>>),
}

fn number(size: usize, usual: Vec<u32>) -> BoxedStrategy<Vec<u8>> {
    let tail = move |value: u32| value.to_be_bytes()[4 - size..].to_vec();
    prop_oneof![
        any::<u32>().prop_map(tail),
        select(vec![0, 1, 7, u32::MAX]).prop_map(tail),
        select(usual).prop_map(tail),
    ]
    .boxed()
}

/// Text of up to so many bytes, mostly UTF-8.
fn text(max: usize) -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        4 => "[a-z0-9]{0,12}".prop_map(String::into_bytes),
        2 => "\\PC{0,20}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..=max),
        1 => vec(b'0'..=b'z', max - 3..=max),
    ]
    .prop_map(move |mut text| {
        text.truncate(max);
        text
    })
    .boxed()
}

fn values(table: Option<&'static ValueTable>) -> Vec<u32> {
    table.map_or(vec![2], |table| {
        table
            .values
            .iter()
            .flat_map(|row| [row.first, row.last])
            .collect()
    })
}

fn field(row: &'static FieldRow) -> BoxedStrategy<Vec<u8>> {
    let end = |mut text: Vec<u8>| {
        text.push(0);
        text
    };
    match (row.kind, row.kind.size()) {
        (Kind::Bool, _) => prop_oneof![number(2, vec![1]), number(4, vec![1])].boxed(),
        (_, Some(size)) => {
            let mut usual = values(row.values);
            if let Some(Reserved::Number(printed)) = row.reserved {
                usual = vec![printed];
            }
            number(size, usual)
        }
        (Kind::String, _) => text(254).prop_map(end).boxed(),
        (Kind::Unspec, _) => vec(any::<u8>(), 0..=255).boxed(),
        (Kind::NamedVar, _) => (text(60), text(190))
            .prop_map(move |(name, value)| named(&[], name, value))
            .boxed(),
        (Kind::NamedArray, _) => (any::<u8>(), text(60), text(190))
            .prop_map(move |(index, name, value)| named(&[index], name, value))
            .boxed(),
        (kind, None) => panic!("{kind:?} has no size"),
    }
}

fn named(index: &[u8], mut name: Vec<u8>, value: Vec<u8>) -> Vec<u8> {
    name.retain(|byte| *byte != 0);
    [index, &name, &[0], &value, &[0]].concat()
}

fn items(rows: &'static [FloatingRow], version: Version) -> BoxedStrategy<Vec<Item>> {
    let rows: Vec<BoxedStrategy<Option<Item>>> = rows
        .iter()
        .filter_map(|row| match row {
            FloatingRow::Field(row) if row.id > 255 && !version.has_wide_ids() => None,
            FloatingRow::Field(row) => {
                let field = field(row).prop_map(|data| Item::Field(row.id, data));
                Some(proptest::option::of(field).boxed())
            }
            FloatingRow::Group(group) => {
                let elements = vec(items(group.rows, version), 0..4);
                let first = group.rows;
                Some(
                    elements
                        .prop_map(move |elements| Some(Item::List(apart(elements, first))))
                        .boxed(),
                )
            }
        })
        .collect();
    rows.prop_map(|items| items.into_iter().flatten().collect())
        .boxed()
}

/// The first id that the items put on the wire.
fn first(items: &[Item]) -> Option<u16> {
    items.iter().find_map(|item| match item {
        Item::Field(id, _) => Some(*id),
        Item::List(elements) => elements.iter().find_map(|element| first(element)),
    })
}

/// Leaves out elements that could not be told from the one before them.
fn apart(elements: Vec<Vec<Item>>, rows: &'static [FloatingRow]) -> Vec<Vec<Item>> {
    let mut kept: Vec<Vec<Item>> = Vec::new();
    for element in elements {
        let Some(id) = first(&element) else { continue };
        let again = kept.last().is_some_and(|before| {
            before
                .iter()
                .any(|item| matches!(item, Item::Field(held, _) if *held == id))
        });
        if kept.is_empty() || again || rows[0].has(id) {
            kept.push(element);
        }
    }
    kept
}

pub(super) fn put(items: &[Item], wide: bool, body: &mut Vec<u8>) {
    for item in items {
        match item {
            Item::Field(id, data) => {
                let [high, low] = id.to_be_bytes();
                body.extend(wide.then_some(high));
                body.extend([low, u8::try_from(data.len()).unwrap()]);
                body.extend(data);
            }
            Item::List(elements) => elements.iter().for_each(|element| put(element, wide, body)),
        }
    }
}

fn fixed(row: &'static FixedRow) -> BoxedStrategy<Vec<u8>> {
    match row.kind.size() {
        Some(size) => {
            let usual = row
                .reserved
                .map_or(values(row.values), |printed| vec![printed]);
            number(size, usual)
        }
        None => prop_oneof![Just(vec![0; 8]), vec(any::<u8>(), 8)].boxed(),
    }
}

/// Frames in table order, with whatever else a server may come up with.
fn frames(layout: &'static Layout, version: Version) -> BoxedStrategy<Vec<u8>> {
    let wide = version.has_wide_ids();
    let fixed: Vec<_> = layout
        .fixed
        .iter()
        .filter(|row| row.is_in(version.number()))
        .map(fixed)
        .collect();
    let ids = if wide { 0..=999_u16 } else { 0..=255 };
    let unlisted = vec((ids, vec(any::<u8>(), 0..9)), 0..4);
    (fixed, items(layout.floating, version), unlisted)
        .prop_map(move |(fixed, items, unlisted)| {
            let mut body = fixed.concat();
            put(&items, wide, &mut body);
            // A field that the table lists is unlisted only when it comes again.
            let single = |id: u16| {
                items
                    .iter()
                    .any(|item| matches!(item, Item::Field(held, _) if *held == id))
            };
            let unlisted: Vec<_> = unlisted
                .into_iter()
                .filter(|(id, _)| layout.field(*id).is_none() || single(*id))
                .map(|(id, data)| Item::Field(id, data))
                .collect();
            put(&unlisted, wide, &mut body);
            frame(layout.message_type, &body)
        })
        .boxed()
}

pub(super) fn each_message(cases: u32, test: impl Fn(&'static Layout, Version, Vec<u8>)) {
    assert_eq!(LAYOUTS.len(), 93);
    for layout in LAYOUTS {
        for version in Version::ALL {
            let seed = [layout.message_type as u8 ^ version.number() as u8; 32];
            let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
            let config = Config {
                cases: crate::common::cases(cases),
                failure_persistence: None,
                ..Config::default()
            };
            TestRunner::new_with_rng(config, rng)
                .run(&frames(layout, version), |frame| {
                    test(layout, version, frame);
                    Ok(())
                })
                .unwrap_or_else(|error| panic!("{} in {version}: {error}", layout.name));
        }
    }
}

#[test]
fn frames_come_back_byte_for_byte() {
    each_message(16, |_, version, bytes| {
        let (object, refusal) = comes_back(&bytes, version);
        let frame = Frame::new(&bytes).unwrap();
        let message = frame.decode(version).unwrap();
        let mut strict = BytesMut::new();
        let encoded = message.encode(version, &mut strict);
        assert_eq!(refusal, encoded.err().map(|error| error.kind));
        // A message that holds to the guide is the same one without its length.
        let mut own = BytesMut::new();
        let read = json::read_strict(&object, version, &mut own);
        match (encoded, read) {
            (Ok(()), read) => assert_eq!((read, own), (Ok(()), strict)),
            // Counts that differ are the one thing that is put right.
            (Err(error), Ok(())) => assert!(
                matches!(error.kind, Fault::CountMismatch { .. }),
                "{error}: {object}"
            ),
            (Err(_), Err(_)) => {}
        }
    });
}
