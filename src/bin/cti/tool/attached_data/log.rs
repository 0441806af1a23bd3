//! Lists that the log of a server, or JSON in it, shows.

use cti_codec::gsw::trace::{self, Form, TraceList};

use super::super::passages::{Bytes, Items, Near, Only, Place, Seen, Sign, Wanted};
use super::super::run::{count, long};
use super::lists::Found;
use super::packed::Rows;

/// Reads lists among the lines of a log.
pub(super) struct Log {
    reader: trace::Reader,
    /// The lines that the reader has counted.
    counted: u64,
    seen: Seen,
}

/// What lines have in them that no list begins with. The first tell the most.
const SIGNS: &[Sign] = &[
    Sign::new(&["GSW_"], "GSW_ keys", "but no list around them"),
    Sign::new(&["GWS_"], "GWS_ keys", "but no list around them"),
    Sign::new(
        &["AttributeUserData"],
        "AttributeUserData",
        "but no length in brackets and no pairs behind it",
    ),
    Sign::new(
        &["AttributeExtensions"],
        "AttributeExtensions",
        "but no length in brackets and no pairs behind it",
    ),
    Sign::new(
        &["AttributeReason"],
        "AttributeReason",
        "but no length in brackets and no pairs behind it",
    ),
    Sign::new(
        &["attr_"],
        "attributes of interactions",
        "but none that is a list with pairs",
    ),
    Sign::new(&["KVList"], "KVList", "but no pairs behind it"),
    Sign::new(&["serData"], "userData", "but no list that can be read"),
    Sign::new(&["MHDR:"], "MHDR rows", "which decode shows"),
    Sign::new(
        &["{length"],
        "messages of Unified CCX",
        "which decode shows",
    ),
    Sign::new(
        &["{ length"],
        "messages of Unified CCX",
        "which decode shows",
    ),
    Sign::new(
        &["MsgType"],
        "messages of Unified CCX",
        "which decode shows",
    ),
    Sign::new(
        &["cti_message"],
        "messages of Unified CCX",
        "which decode shows",
    ),
    Sign::new(
        &["{\"message\"", "\"id\""],
        "messages as JSON",
        "which encode packs",
    ),
    Sign::new(
        &["message Event"],
        "events of a T-Server",
        "but no attached data in them",
    ),
    Sign::new(
        &["Attribute"],
        "attributes",
        "but none that is a list with pairs",
    ),
    Sign::new(
        &[" IP", " > ", "Flags ["],
        "packets",
        "whose bytes are not shown, or begin no packed list",
    ),
    Sign::new(
        &["{\""],
        "JSON",
        "but no userData in it, and no key of the manuals",
    ),
    Sign::new(&["<html"], "a page in HTML", ""),
    Sign::new(&["<?xml"], "XML", "which is not read"),
];

impl Wanted for Log {
    type Cut = Rows;
    const MARKERS: &'static [(Near, &'static [&'static str])] = &[
        (Near::Head, &["Attribute"]),
        (
            Near::Anything,
            &[
                "KVList", "[list", "[lst", "GSW_", "GWS_", "[\n", "[\r", "{\n", "{\r", "(\n",
                "(\r", "{\"", "{'", "{\\", "{u'", "{ \"", "{ '", "{\t", "[{", "[[",
            ],
        ),
        (
            Near::Digits,
            &[
                "000", "00 0", "00-0", "00:0", "00,0", "00_0", "00;0", "00\t0", "x00", "0101",
                "0102", "0103", "0104", "01 01", "01 02", "01 03", "01 04",
            ],
        ),
        (
            Near::Array,
            &[
                "x0,", "\\0", "0,0", "0, 0", "1,0", "1, 0", "2,0", "2, 0", "3,0", "3, 0", "4,0",
                "4, 0",
            ],
        ),
    ];

    /// `Attribute`, a name, and a length in brackets.
    fn is_head(text: &[u8]) -> bool {
        let text = text.strip_prefix(b"Attribute").unwrap_or(text);
        let name = text.iter().take_while(|byte| byte.is_ascii_alphanumeric());
        // Blanks come between, which a logger may have escaped.
        match text.get(name.count()..).and_then(|rest| rest.get(..8)) {
            Some(rest) => rest.contains(&b'['),
            None => true,
        }
    }

    fn context(&mut self, _: u64, _: &[u8]) {}

    fn is_open(&self) -> bool {
        self.reader.open().is_some()
    }

    fn line(
        &mut self,
        number: u64,
        line: &[u8],
        bytes: &mut Bytes<Rows>,
        items: &mut Items<Found>,
    ) {
        let open = self.reader.open();
        let mut taken = false;
        let in_list = open.is_some_and(|form| form != Form::Json);
        if in_list {
            taken = self.traced(number, line, items);
            if taken {
                return;
            }
        }
        let in_array = bytes.in_array() && bytes.array(number, line, items);
        // Whatever stands in the text column of a dump is none of the log.
        let digits = !in_array && bytes.digits(number, line, items);
        if digits && bytes.in_dump() {
            return;
        }
        if !in_list {
            taken = self.traced(number, line, items);
        }
        if !digits && !in_array && !bytes.array(number, line, items) && !taken {
            self.seen.left(number, line, items);
        }
    }

    fn log(&mut self, number: u64, line: &[u8], items: &mut Items<Found>) {
        self.traced(number, line, items);
    }

    fn pause(&mut self, items: &mut Items<Found>) {
        self.reader.pause();
        self.give_out(items);
    }

    fn finish(&mut self, items: &mut Items<Found>) {
        self.reader.finish();
        self.give_out(items);
    }

    fn look(&mut self, head: &[u8]) {
        let first = head.trim_ascii_start();
        let digits = first
            .iter()
            .take(64)
            .filter(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace());
        let is = if first.len() > 1 && digits.count() == first.len().min(64) {
            let half = first
                .split(|byte| *byte == b'\n')
                .next()
                .is_some_and(|line| {
                    let digits = line.iter().filter(|byte| byte.is_ascii_hexdigit());
                    !digits.count().is_multiple_of(2)
                });
            Some(if half {
                "these are hex digits, but an odd number of them on the first line"
            } else {
                "these are hex digits, but no list begins in them (a count, a type from 0 to 4, a key)"
            })
        } else {
            None
        };
        self.seen.look(head, is);
    }

    fn nothing(&self, only: Option<Only>, bytes: Option<String>) -> Option<String> {
        let looked = "no attached data found";
        Some(match only {
            Some(_) => looked.into(),
            None => self.seen.nothing(looked, bytes),
        })
    }
}

impl Log {
    pub(super) fn new() -> Self {
        Self {
            reader: trace::Reader::new(),
            counted: 0,
            seen: Seen::new(SIGNS),
        }
    }

    /// Takes in a line; whether a list, or JSON, has some of it.
    fn traced(&mut self, number: u64, line: &[u8], items: &mut Items<Found>) -> bool {
        // Lines that were passed over, or that others have taken.
        let missed = number.saturating_sub(1).saturating_sub(self.counted);
        self.reader
            .pass(usize::try_from(missed).unwrap_or(usize::MAX));
        self.counted = number;
        self.reader.line(line);
        let found = self.give_out(items);
        found && self.reader.open() != Some(Form::Json)
            || self.reader.open().is_some_and(|form| form != Form::Json)
    }

    /// Gives out the lists that are complete; whether the last line ended one that is all on it.
    fn give_out(&mut self, items: &mut Items<Found>) -> bool {
        let mut json = false;
        while let Some(list) = self.reader.next_list() {
            json |= list.as_ref().is_ok_and(|list| list.form == Form::Json);
            traced(list, 1, items);
        }
        json
    }
}

/// Gives out a list, and what of it cannot be read. Its lines are counted from `first`.
pub(super) fn traced(
    list: Result<TraceList, trace::TraceError>,
    first: u64,
    items: &mut Items<Found>,
) {
    let shift = usize::try_from(first.saturating_sub(1)).unwrap_or(usize::MAX);
    let at = |mut error: trace::TraceError| {
        error.line = error.line.saturating_add(shift);
        error.to_string()
    };
    let list = match list {
        Ok(list) => list,
        Err(error) => return items.wrong(at(error)),
    };
    let line = long(list.line.saturating_add(shift));
    let place = Place::Line(line);
    items.because(place, || why(&list));
    let mut notes = Vec::new();
    if list.hidden > 0 {
        notes.push(format!(
            "the trace hides {}",
            count(long(list.hidden), "value")
        ));
    }
    if let Some(more) = list.losses.checked_sub(list.lost.len())
        && more > 0
    {
        notes.push(format!("{more} more lines like this"));
    }
    if list.converted > 0 {
        let converted = count(long(list.converted), "value");
        notes.push(format!("{converted} that a list cannot hold, kept as text"));
    }
    let mut nothing = None;
    if let Some(printed) = list.printed_length
        && printed != list.packed_length
        && list.hidden == 0
    {
        let packed = list.packed_length;
        notes.push(format!(
            "the trace says {printed} bytes, these pairs pack to {packed}"
        ));
        if list.data.view().is_empty() && list.losses == 0 {
            nothing = Some(format!(
                "line {line}: {printed} bytes of pairs are announced, and none is there"
            ));
        }
    }
    let empty = list.data.view().is_empty() && list.hidden == 0;
    let incomplete =
        list.losses > 0 || empty && list.printed_length.is_some_and(|length| length > 2);
    let attribute = match list.attribute.to_string() {
        none if none.is_empty() => "UserData".into(),
        name => name,
    };
    items.found(
        place,
        Found {
            attribute,
            notes,
            incomplete,
            data: list.data,
        },
    );
    for loss in list.lost {
        items.wrong(at(loss));
    }
    if let Some(nothing) = nothing {
        items.wrong(nothing);
    }
}

/// Why a list was taken for one.
fn why(list: &TraceList) -> String {
    let name = list.attribute.to_string();
    match list.form {
        Form::Server => {
            format!("a list of a server's trace: Attribute{name} with its length in brackets")
        }
        Form::Typed => "a list of a trace: pairs with their types".into(),
        Form::Bare => "pairs by themselves, the first with a key of the manuals".into(),
        Form::Json if name.is_empty() => "a JSON object with a key of the manuals".into(),
        Form::Json => format!("a member {name} of JSON"),
        _ => "a list".into(),
    }
}
