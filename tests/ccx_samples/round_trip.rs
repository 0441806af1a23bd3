//! Every message in every version there and back: samples made up from the tables are written by a
//! writer of the tests' own, so that decoding and encoding cannot be wrong in the same way.

use cti_codec::ccx::layout::FloatingRow;
use cti_codec::ccx::*;
use oracles::ccx::{Choices, Event, Part, Style, Tree, frame, noise, sample, shown};
use proptest::prelude::*;

use crate::common::{self, as_received, strict};
use crate::samples::{SEEDS, about, decode, for_all, seeded};

/// A sample must decode to what the tables say is in it, and be written again byte for byte.
fn goes_there_and_back(tree: &Tree) {
    let body = tree.body();
    let message = decode(tree, &body);
    assert_eq!(shown(&message), tree.events(), "{}", about(tree));
    let written = as_received(&message, tree.version)
        .unwrap_or_else(|error| panic!("{error} in {}", about(tree)));
    assert_eq!(written, tree.frame(), "{}", about(tree));
}

#[test]
fn what_was_received_in_table_order_is_written_again_byte_for_byte() {
    for_all(Style::Wild, SEEDS, goes_there_and_back);
}

#[test]
fn what_the_guide_allows_is_written_strictly_byte_for_byte() {
    for_all(Style::Lawful, SEEDS, |tree| {
        goes_there_and_back(tree);
        let body = tree.body();
        let message = decode(tree, &body);
        let written = strict(&message, tree.version)
            .unwrap_or_else(|error| panic!("{error} in {}", about(tree)));
        assert_eq!(written, tree.frame(), "{}", about(tree));
    });
}

/// The samples are worth little if they leave something out.
#[test]
fn the_samples_have_every_field_of_every_message() {
    for layout in LAYOUTS {
        let mut seen: std::collections::BTreeSet<u16> = Default::default();
        let mut unlisted = false;
        for version in Version::ALL {
            for seed in 0..SEEDS {
                let tree = seeded(layout, version, Style::Lawful, seed);
                unlisted |= !tree.unlisted.is_empty();
                for event in tree.events() {
                    if let Event::Field(id, ..) = event {
                        seen.insert(id);
                    }
                }
            }
        }
        assert!(unlisted, "{}", layout.name);
        let all = ids(layout.floating);
        assert_eq!(seen, all.into_iter().collect(), "{}", layout.name);
    }
}

fn ids(rows: &[FloatingRow]) -> Vec<u16> {
    let ids = rows.iter().map(|row| match row {
        FloatingRow::Field(row) => vec![row.id],
        FloatingRow::Group(group) => ids(group.rows),
    });
    ids.flatten().collect()
}

/// Puts the floating part into another order: single fields and elements move freely, the elements
/// of one list keep their order, and unlisted fields theirs.
fn shuffled(tree: &Tree, choices: &mut Choices<'_>) -> Option<Vec<u8>> {
    // What must keep its order among its like is a queue of its own.
    let mut queues: Vec<Vec<Vec<u8>>> = Vec::new();
    for part in &tree.parts {
        let only = Tree {
            parts: vec![part.clone()],
            unlisted: Vec::new(),
            ..tree.clone()
        };
        queues.push(only.blocks());
        // An element without its first member may run into the one before it if they come to stand
        // side by side otherwise than they did; such lists stay together.
        if let Part::List(group, elements) = part
            && !elements.iter().all(|element| {
                matches!(element.first(), Some(Part::Field(row, _)) if group.rows[0].has(row.id))
            })
        {
            let together = queues.pop()?.concat();
            queues.push(vec![together]);
        }
    }
    let unlisted = Tree {
        parts: Vec::new(),
        ..tree.clone()
    };
    queues.push(unlisted.blocks());
    let mut body: Vec<u8> = tree
        .fixed
        .iter()
        .flat_map(|(_, data)| data.clone())
        .collect();
    let mut order = Vec::new();
    loop {
        queues.retain(|queue| !queue.is_empty());
        if queues.is_empty() {
            break;
        }
        let queue = choices.below(queues.len());
        order.push(queue);
        body.extend(queues[queue].remove(0));
    }
    Some(body)
}

fn decodes_alike_in_any_order(tree: &Tree, choices: &mut Choices<'_>) {
    let body = tree.body();
    let message = decode(tree, &body);
    let Some(other) = shuffled(tree, choices) else {
        return;
    };
    assert_eq!(other.len(), body.len());
    let moved = decode(tree, &other);
    assert_eq!(moved, message, "{}", about(tree));
    assert_eq!(shown(&moved), tree.events(), "{}", about(tree));
    // Written, it is in table order again.
    assert_eq!(
        as_received(&moved, tree.version).unwrap(),
        tree.frame(),
        "{}",
        about(tree)
    );
}

#[test]
fn floating_fields_in_any_order_decode_to_the_same_message() {
    for style in [Style::Lawful, Style::Wild] {
        for_all(style, SEEDS, |tree| {
            let bytes = noise(u64::from(tree.layout.message_type), 512);
            decodes_alike_in_any_order(tree, &mut Choices::new(&bytes));
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: common::cases(1000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sample_goes_there_and_back_in_any_order(
        index in 0..LAYOUTS.len(),
        version in 0..Version::ALL.len(),
        lawful: bool,
        bytes in proptest::collection::vec(any::<u8>(), 0..1500),
        order in proptest::collection::vec(any::<u8>(), 0..100),
    ) {
        let style = if lawful { Style::Lawful } else { Style::Wild };
        let mut choices = Choices::new(&bytes);
        let tree = sample(LAYOUTS[index], Version::ALL[version], style, &mut choices);
        goes_there_and_back(&tree);
        decodes_alike_in_any_order(&tree, &mut Choices::new(&order));
        if lawful {
            let body = tree.body();
            prop_assert_eq!(strict(&decode(&tree, &body), tree.version), Ok(tree.frame()));
        }
    }

    /// Text in any version of any message: numbers keep their value whatever it is.
    #[test]
    fn any_fixed_part_is_kept(
        index in 0..LAYOUTS.len(),
        version in 0..Version::ALL.len(),
        bytes in proptest::collection::vec(any::<u8>(), 200),
    ) {
        let (layout, version) = (LAYOUTS[index], Version::ALL[version]);
        let body = &bytes[..layout.fixed_size(version)];
        let message = Message::decode_body(MessageType(layout.message_type), body, version).unwrap();
        prop_assert_eq!(as_received(&message, version), Ok(frame(layout.message_type, body)));
    }
}

#[test]
fn the_raw_view_accounts_for_every_byte() {
    for_all(Style::Wild, 6, |tree| {
        let bytes = tree.frame();
        let frame = Frame::new(bytes.as_slice()).unwrap();
        let fixed = tree.layout.fixed_size(tree.version);
        let header = if tree.version.has_wide_ids() { 3 } else { 2 };
        let mut size = 8 + fixed;
        for field in frame.floating_fields(tree.version) {
            let field = field.unwrap();
            assert_eq!(
                &bytes[size + header..][..field.data.len()],
                field.data,
                "{}",
                about(tree)
            );
            size += header + field.data.len();
        }
        assert_eq!(size, bytes.len());
        // The first of its id is what is looked up.
        for event in tree.events() {
            if let Event::Unlisted(id, _) = event {
                let first = tree.unlisted.iter().find(|(other, _)| *other == id);
                assert_eq!(
                    frame.floating_fields(tree.version).get(id),
                    first.map(|(_, data)| data.as_slice())
                );
            }
        }
    });
}

#[test]
fn a_field_that_comes_again_is_kept_with_the_unlisted_ones() {
    for version in Version::ALL {
        let tree = seeded(common::layout("FAILURE_CONF"), version, Style::Lawful, 0);
        let mut body = tree.body();
        for text in [b"one\0".as_slice(), b"two\0", b"three"] {
            body.extend(tree.field(7, text));
        }
        let Message::FailureConf(failure) = decode(&tree, &body) else {
            panic!()
        };
        assert_eq!(failure.text, Some("one".into()));
        let kept: Vec<_> = failure
            .unlisted
            .iter()
            .map(|field| (field.id, field.data))
            .collect();
        // As it came: whether there is a NUL is for the one who reads it.
        assert_eq!(kept, [(7, b"two\0".as_slice()), (7, b"three")]);
        let message = Message::from(failure);
        assert_eq!(
            as_received(&message, version),
            Ok(frame(1, &body)),
            "{version}"
        );
        assert_eq!(strict(&message, version).unwrap_err().kind, Fault::Repeated);
    }
}
