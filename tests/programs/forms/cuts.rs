//! Every form, cut at every place and with any line lost: what is whole comes out, nothing else
//! does, and a loss is told.

use cti_codec::ccx::Frame;
use cti_codec::gsw::AttachedDataBuf;

use super::lists::{LISTS, packed, sample};
use super::*;
use crate::tool::attached_data::lists::{Form as ListForm, Lists};
use crate::tool::frames::{Form as FrameForm, Found, Frames};
use crate::tool::passages::Item;

/// What has come of an input.
#[derive(Debug)]
struct Got {
    found: Vec<String>,
    /// Complaints.
    told: usize,
}

fn tally<F>(items: impl Iterator<Item = Item<F>>, name: impl Fn(F) -> String) -> Got {
    let mut got = Got {
        found: Vec::new(),
        told: 0,
    };
    for item in items {
        match item {
            Item::Found(_, found) => got.found.push(name(found)),
            Item::Bad(..) | Item::Wrong(_) => got.told += 1,
            Item::Note(_) | Item::Because(..) => {}
        }
    }
    got
}

fn frames(text: &[u8]) -> Got {
    let mut frames = Frames::new(FrameForm::Auto, false);
    frames.feed(text);
    frames.finish();
    tally(std::iter::from_fn(|| frames.next()), |found| match found {
        Found::Frame(frame, _) => hex(frame.bytes()),
        Found::Text(message) => message.name,
    })
}

fn lists(text: &[u8]) -> Got {
    let mut lists = Lists::new(ListForm::Auto, false);
    lists.feed(text);
    lists.finish();
    tally(std::iter::from_fn(|| lists.next()), |found| {
        // Of a list that has lost something, the rest is shown.
        let lost = found.incomplete || !found.notes.is_empty();
        format!(
            "{}{}",
            if lost { "?" } else { "" },
            lists::object(&found.data)
        )
    })
}

fn hex(bytes: &[u8]) -> String {
    each(bytes, |byte| format!("{byte:02x}"), "")
}

/// Cuts a text at each place, and takes each line away.
fn cut_everywhere(name: &str, parts: &[(String, String)], read: fn(&[u8]) -> Got) {
    let text: String = parts.iter().map(|(text, _)| text.as_str()).collect();
    let all: Vec<&str> = parts.iter().map(|(_, found)| found.as_str()).collect();
    let whole = read(text.as_bytes());
    assert_eq!(whole.found, all, "{name}\n{text}");
    assert_eq!(whole.told, 0, "{name}");
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let got = read(&text.as_bytes()[..end]);
        let mut before = 0;
        let whole = parts
            .iter()
            .take_while(|(text, _)| {
                before += text.len();
                before <= end
            })
            .count();
        let cut = &text[..end];
        assert!(got.found.len() >= whole, "{name}: {got:?}\n{cut}");
        for (got, expected) in got.found.iter().zip(&all) {
            assert!(
                got == expected || got.starts_with('?'),
                "{name}: {got}\n{cut}"
            );
        }
        // Enough of the next one is there to see that there is one.
        let begun: usize = parts.iter().take(whole).map(|(text, _)| text.len()).sum();
        let (next, _) = &parts[whole];
        let seen = end - begun > next.len() * 3 / 4;
        let told = got.told > 0 || got.found.iter().any(|got| got.starts_with('?'));
        assert!(
            !seen || told || got.found.len() > whole,
            "{name}: the loss is not told\n{cut}"
        );
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for lost in 0..lines.len() {
        let cut: String = lines
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != lost)
            .map(|(_, line)| *line)
            .collect();
        let got = read(cut.as_bytes());
        for got in &got.found {
            assert!(
                all.contains(&got.as_str()) || got.starts_with('?'),
                "{name} without line {lost}: {got} was never sent\n{cut}"
            );
        }
    }
}

#[test]
fn frames_in_every_form_cut_at_every_place() {
    let all = expected();
    let some: Vec<Frame> = [1, 9, 18].map(|at: usize| all[at].clone()).into();
    for (name, form) in FORMS {
        let parts: Vec<(String, String)> = some
            .iter()
            .map(|frame| (form(frame.bytes()) + "then\n", hex(frame.bytes())))
            .collect();
        cut_everywhere(name, &parts, frames);
    }
    let parts: Vec<(String, String)> = some
        .iter()
        .map(|frame| (TraceRows(frame).to_string(), hex(frame.bytes())))
        .collect();
    cut_everywhere("rows", &parts, frames);
    let message = |number: usize| {
        let text = format!(
            "10:15:0{number} got:\n{{ length=31 type=END_CALL_EVENT, monitorID: 0, peripheralID: 1,\nperipheralType: 21, connectionDeviceType: 0,\nconnectionCallID: {number}, connectionDeviceID: 9026 }}\n"
        );
        (text, "END_CALL_EVENT".to_owned())
    };
    cut_everywhere("text", &[message(1), message(2)], frames);
}

#[test]
fn lists_in_every_form_cut_at_every_place() {
    let all = sample();
    for (name, form) in FORMS {
        let parts: Vec<(String, String)> = all
            .iter()
            .map(|list| (form(&packed(list)) + "then\n", lists::object(list)))
            .collect();
        cut_everywhere(name, &parts, lists);
    }
}

/// A list that a log prints with its length is found out where pairs are missing; others, which end
/// with the last pair that is there, are not.
#[test]
fn lists_of_logs_cut_at_every_place() {
    let all = sample();
    for (name, form, _) in LISTS {
        let text: String = all.iter().map(|list| form(list) + "then\n").collect();
        let keys = |text: &str| text.matches("\":").count();
        let pairs: usize = all.iter().map(|list| keys(&lists::object(list))).sum();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let got = lists(&text.as_bytes()[..end]);
            let found: usize = got.found.iter().map(|got| keys(got)).sum();
            assert!(found <= pairs, "{name}\n{}", &text[..end]);
            if *name == "T-Server" {
                let short: Vec<&String> = got
                    .found
                    .iter()
                    .filter(|got| {
                        !all.iter()
                            .any(|list: &AttachedDataBuf| lists::object(list) == **got)
                    })
                    .collect();
                assert!(
                    short.iter().all(|got| got.starts_with('?')),
                    "{short:?}\n{}",
                    &text[..end]
                );
            }
        }
    }
}

/// In whatever pieces an input comes, the same comes out.
#[test]
fn pieces_of_any_size_are_the_same() {
    let (frame, list) = (&expected()[9], &sample()[2]);
    let mut log = TraceRows(frame).to_string();
    let mut long = String::new();
    for (_, form) in FORMS {
        log += &format!("got\n{}done\n", form(frame.bytes()));
        long += &format!("got\n{}done\n", form(&packed(list)));
    }
    for (_, form, _) in LISTS {
        long += &format!("got\n{}done\n", form(list));
    }
    log += &format!("{}\n", "x".repeat(300 << 10));
    log += &TraceRows(frame).to_string();
    let frames_of = |size: usize| {
        let mut frames = Frames::new(FrameForm::Auto, false);
        let mut all = Vec::new();
        for piece in log.as_bytes().chunks(size) {
            frames.feed(piece);
            all.extend(std::iter::from_fn(|| frames.next()).map(|item| format!("{item:?}")));
        }
        frames.finish();
        all.extend(std::iter::from_fn(|| frames.next()).map(|item| format!("{item:?}")));
        all
    };
    let lists_of = |size: usize| {
        let mut lists = Lists::new(ListForm::Auto, false);
        let mut all = Vec::new();
        for piece in long.as_bytes().chunks(size) {
            lists.feed(piece);
            all.extend(std::iter::from_fn(|| lists.next()).map(|item| format!("{item:?}")));
        }
        lists.finish();
        all.extend(std::iter::from_fn(|| lists.next()).map(|item| format!("{item:?}")));
        all
    };
    let (frames, lists) = (frames_of(usize::MAX), lists_of(usize::MAX));
    assert!(frames.len() >= FORMS.len() && lists.len() >= FORMS.len());
    for size in [1, 2, 3, 7, 64, 1000, 65_536] {
        assert_eq!(frames_of(size), frames, "{size}");
        assert_eq!(lists_of(size), lists, "{size}");
    }
}
