//! Messages made up from the tables.

use super::tree::{Part, Tree, fixed_size, leaf, printed};
use cti_codec::ccx::layout::{FieldRow, FloatingRow, GroupRow, Kind, Layout, Required, ValueTable};
use cti_codec::ccx::{AgentState, CtiService, TeamOperation, Version};

/// Bytes that decide. Zeros follow when they are used up, and zero is the least of every choice.
#[derive(Clone, Debug)]
pub struct Choices<'d>(&'d [u8]);

impl<'d> Choices<'d> {
    /// Chooses by these bytes.
    pub const fn new(data: &'d [u8]) -> Self {
        Self(data)
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    /// A number below a bound of at most 65,536.
    pub fn below(&mut self, bound: usize) -> usize {
        match bound {
            0 | 1 => 0,
            2..=256 => usize::from(self.byte()) % bound,
            _ => usize::from(u16::from_be_bytes([self.byte(), self.byte()])) % bound,
        }
    }

    /// Yes or no.
    pub fn flip(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// One of these.
    pub fn of<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.byte()).collect()
    }
}

/// What a sample may be like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// All that the guide asks of a sender.
    Lawful,
    /// All that can be decoded and written again as it came.
    Wild,
}

/// Pseudo-random bytes, the same for the same seed: choices where no fuzzer gives any.
pub fn noise(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(count);
    while bytes.len() < count {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bytes.extend((mixed ^ (mixed >> 31)).to_be_bytes());
    }
    bytes.truncate(count);
    bytes
}

struct Maker<'c, 'd> {
    choices: &'c mut Choices<'d>,
    style: Style,
    version: Version,
    /// What is left of the room for named data.
    named: usize,
}

/// Makes up a message whose floating part is in table order.
pub fn sample(
    layout: &'static Layout,
    version: Version,
    style: Style,
    choices: &mut Choices<'_>,
) -> Tree {
    let mut maker = Maker {
        choices,
        style,
        version,
        named: 2000,
    };
    let mut parts = maker.parts(layout.floating);
    let unlisted = maker.unlisted(layout);
    let mut fixed = Vec::new();
    for row in layout
        .fixed
        .iter()
        .filter(|row| row.is_in(version.number()))
    {
        let size = fixed_size(row);
        let data = match (row.reserved, row.counts) {
            (_, Some(list)) => maker.count(&parts, list),
            (Some(value), None) if style == Style::Lawful || maker.choices.flip() => {
                u64::from(value).to_be_bytes()[8 - size..].to_vec()
            }
            _ if row.kind == Kind::Unspec => maker.choices.bytes(size),
            _ => maker.number(row.kind, row.values, size),
        };
        fixed.push((row, data));
    }
    if style == Style::Lawful {
        let mut tree = Tree {
            layout,
            version,
            fixed,
            parts,
            unlisted,
        };
        maker.obey(&mut tree);
        return tree;
    }
    // Elements that nothing tells apart would become one on the wire.
    tell_apart(&mut parts, &mut maker);
    Tree {
        layout,
        version,
        fixed,
        parts,
        unlisted,
    }
}

impl Maker<'_, '_> {
    fn lawful(&self) -> bool {
        self.style == Style::Lawful
    }

    fn parts(&mut self, rows: &'static [FloatingRow]) -> Vec<Part> {
        let mut parts = Vec::new();
        for row in rows {
            match row {
                FloatingRow::Field(row) => {
                    if row.counts.is_some() || !self.has(row) {
                        continue;
                    }
                    let required = row.required == Required::Yes && self.lawful();
                    if required || self.choices.flip() && self.affords(row) {
                        let data = self.data(row);
                        parts.push(Part::Field(row, data));
                    }
                }
                FloatingRow::Group(group) => {
                    let elements = self.elements(group);
                    if !elements.is_empty() {
                        parts.push(Part::List(group, elements));
                    }
                }
            }
        }
        // Counts follow from the lists, and stand before them.
        for row in rows {
            let FloatingRow::Field(row) = row else {
                continue;
            };
            let Some(list) = row.counts else { continue };
            if !self.has(row) {
                continue;
            }
            let there = parts
                .iter()
                .any(|part| matches!(part, Part::List(group, _) if group.name == list));
            if there && self.lawful() || self.choices.flip() {
                let data = self.count(&parts, list);
                insert(&mut parts, rows, Part::Field(row, data));
            }
        }
        parts
    }

    fn elements(&mut self, group: &'static GroupRow) -> Vec<Vec<Part>> {
        let most = group.max_count.unwrap_or(12).min(12);
        let count = match self.choices.below(4) {
            0 => 0,
            _ => self.choices.below(most + 1),
        };
        let mut elements: Vec<Vec<Part>> = Vec::new();
        for _ in 0..count {
            let mut element = self.parts(group.rows);
            // An element without its first member is told from the one before it only if it begins
            // with what that one has, so mostly it has it.
            let lawful = self.lawful() && !elements.is_empty();
            if (element.is_empty() || lawful || self.choices.flip())
                && let Some(part) = self.first(group.rows, &element)
            {
                element.insert(0, part);
            }
            if !element.is_empty() {
                elements.push(element);
            }
        }
        elements
    }

    /// Whether the version can have the field: the wire must have room for its id, and a lawful
    /// message no field that came later.
    fn has(&self, row: &FieldRow) -> bool {
        (row.id <= 255 || self.version >= Version::V18)
            && (row.is_in(self.version.number()) || !self.lawful())
    }

    /// Whether there is room for another named variable, which takes 248 bytes at most.
    fn affords(&self, row: &FieldRow) -> bool {
        let named = matches!(row.kind, Kind::NamedVar | Kind::NamedArray);
        !named || !self.lawful() || self.named >= 250
    }

    /// The first member of an element that lacks it, if the version has it.
    fn first(&mut self, rows: &'static [FloatingRow], element: &[Part]) -> Option<Part> {
        let Some(FloatingRow::Field(row)) = rows.first() else {
            return None;
        };
        let there = matches!(element.first(), Some(Part::Field(other, _)) if other.id == row.id);
        if there || !self.has(row) {
            return None;
        }
        if !self.affords(row) {
            return None;
        }
        Some(Part::Field(row, self.data(row)))
    }

    fn count(&mut self, parts: &[Part], list: &str) -> Vec<u8> {
        let count = parts
            .iter()
            .find_map(|part| match part {
                Part::List(group, elements) if group.name == list => Some(elements.len()),
                _ => None,
            })
            .unwrap_or_default();
        let mut count = u16::try_from(count).unwrap_or(u16::MAX);
        if !self.lawful() && self.choices.byte() > 250 {
            count = count.wrapping_add(1);
        }
        count.to_be_bytes().to_vec()
    }

    fn number(&mut self, kind: Kind, values: Option<&ValueTable>, size: usize) -> Vec<u8> {
        if kind == Kind::Bool && (self.lawful() || self.choices.flip()) {
            return u64::from(self.choices.flip()).to_be_bytes()[8 - size..].to_vec();
        }
        if let Some(table) = values
            && !self.choices.flip()
            && let Some(row) = self.choices.of(table.values)
        {
            return row.first.to_be_bytes()[4 - size..].to_vec();
        }
        match self.choices.below(4) {
            0 => vec![0; size],
            1 => vec![0xff; size],
            _ => self.choices.bytes(size),
        }
    }

    /// A length from 0 to a bound, with the ends more often than the middle.
    fn length(&mut self, most: usize) -> usize {
        match self.choices.below(8) {
            0 => 0,
            7 => most,
            6 => most.saturating_sub(1),
            _ => self.choices.below(most.min(24) + 1),
        }
    }

    /// Text without a NUL: ASCII, other UTF-8, or neither.
    fn text(&mut self, length: usize) -> Vec<u8> {
        let kind = self.choices.below(4);
        let mut text: Vec<u8> = Vec::with_capacity(length);
        while text.len() < length {
            let byte = self.choices.byte();
            match kind {
                2 if length - text.len() >= 2 => text.extend("\u{e9}".bytes()),
                3 => text.push(byte.max(1)),
                _ => text.push(b' ' + byte % 95),
            }
        }
        text
    }

    fn data(&mut self, row: &'static FieldRow) -> Vec<u8> {
        let max = if self.lawful() { row.max } else { 255 };
        if let Some(reserved) = row.reserved
            && (self.lawful() || self.choices.flip())
        {
            return printed(row, reserved);
        }
        match row.kind {
            Kind::Bool => {
                let size = if self.choices.flip() && !self.lawful() {
                    4
                } else {
                    2
                };
                self.number(row.kind, row.values, size)
            }
            Kind::String => {
                let length = self.length(max - 1);
                let mut text = self.text(length);
                if !self.lawful() && self.choices.byte() > 240 && !text.is_empty() {
                    // One NUL at the end comes off, so what is left may have one too.
                    let at = self.choices.below(text.len());
                    text[at] = 0;
                }
                text.push(0);
                text
            }
            Kind::Unspec => {
                let length = self.length(max);
                self.choices.bytes(length)
            }
            Kind::NamedVar | Kind::NamedArray => self.named(row.kind),
            _ => self.number(row.kind, row.values, row.kind.size().unwrap_or(4)),
        }
    }

    fn named(&mut self, kind: Kind) -> Vec<u8> {
        let mut data = Vec::new();
        if kind == Kind::NamedArray {
            data.push(self.choices.byte());
        }
        let name = self.length(32);
        data.extend(self.text(name));
        data.push(0);
        let value = self.length(210);
        data.extend(self.text(value));
        data.push(0);
        self.named = self.named.saturating_sub(data.len() + 3);
        data
    }

    fn unlisted(&mut self, layout: &'static Layout) -> Vec<(u16, Vec<u8>)> {
        let mut unlisted = Vec::new();
        for _ in 0..self.choices.below(4) {
            let id = if self.version >= Version::V18 {
                u16::from_be_bytes([self.choices.byte(), self.choices.byte()])
            } else {
                u16::from(self.choices.byte())
            };
            // A listed one would be the listed field.
            if leaf(layout.floating, id).is_none() {
                let length = self.length(255);
                unlisted.push((id, self.choices.bytes(length)));
            }
        }
        unlisted
    }

    /// The rules between fields, as `ccx.json` has them under `rules`.
    fn obey(&mut self, tree: &mut Tree) {
        match tree.layout.name {
            "OPEN_REQ" => {
                let timeout = 20 + self.choices.below(100);
                tree.set_fixed("VersionNumber", tree.version.number());
                tree.set_fixed("IdleTimeout", u32::try_from(timeout).unwrap_or_default());
                let services = tree.fixed_value("ServicesRequested");
                let agent = CtiService::CLIENT_EVENTS.bits();
                tree.set_fixed(
                    "ServicesRequested",
                    services & !CtiService::ALL_EVENTS.bits(),
                );
                if services & agent != 0 {
                    self.force(tree, 194);
                }
            }
            "QUERY_AGENT_STATE_REQ" | "SUPERVISE_CALL_REQ" => self.force(tree, 194),
            "SET_AGENT_STATE_REQ" => {
                let state = tree.fixed_value("AgentState");
                if state == u32::from(AgentState::LOGIN.0) {
                    self.force(tree, 49);
                }
                if state <= u32::from(AgentState::LOGOUT.0) {
                    self.force(tree, 194);
                }
            }
            "ANSWER_CALL_REQ" => self.force(tree, 6),
            "CONFERENCE_CALL_REQ" | "TRANSFER_CALL_REQ" => self.force(tree, 11),
            "TEAM_CONFIG_EVENT" => {
                if tree.fixed_value("Operation") == u32::from(TeamOperation::REMOVE_TEAM.0) {
                    tree.parts.clear();
                    tree.unlisted.clear();
                    tree.set_fixed("NumRecords", 0);
                } else {
                    self.force(tree, 204);
                }
            }
            _ => {}
        }
    }

    /// Sees to it that a field is there.
    fn force(&mut self, tree: &mut Tree, id: u16) {
        let there = tree
            .parts
            .iter()
            .any(|part| matches!(part, Part::Field(row, _) if row.id == id));
        if let Some(row) = leaf(tree.layout.floating, id)
            && !there
        {
            let data = self.data(row);
            insert(
                &mut tree.parts,
                tree.layout.floating,
                Part::Field(row, data),
            );
        }
    }
}

/// Puts a part where the table has it.
fn insert(parts: &mut Vec<Part>, rows: &'static [FloatingRow], part: Part) {
    let place = |part: &Part| {
        rows.iter().position(|row| match (row, part) {
            (FloatingRow::Field(row), Part::Field(other, _)) => row.id == other.id,
            (FloatingRow::Group(row), Part::List(other, _)) => row.name == other.name,
            _ => false,
        })
    };
    let before = parts
        .iter()
        .position(|other| place(other) > place(&part))
        .unwrap_or(parts.len());
    parts.insert(before, part);
}

/// Gives elements their first member where they would run into the one before.
fn tell_apart(parts: &mut [Part], maker: &mut Maker<'_, '_>) {
    for part in parts {
        let Part::List(group, elements) = part else {
            continue;
        };
        for index in 0..elements.len() {
            tell_apart(&mut elements[index], maker);
            let Some(before) = index.checked_sub(1) else {
                continue;
            };
            let apart = match elements[index].first() {
                Some(Part::Field(first, _)) => {
                    group.rows[0].has(first.id)
                        || elements[before]
                            .iter()
                            .any(|part| matches!(part, Part::Field(row, _) if row.id == first.id))
                }
                _ => false,
            };
            if !apart && let Some(first) = maker.first(group.rows, &elements[index]) {
                elements[index].insert(0, first);
            }
        }
    }
}

impl Tree {
    /// The number in a field of the fixed part; 0 where the version has none.
    pub fn fixed_value(&self, name: &str) -> u32 {
        self.fixed
            .iter()
            .find(|(row, _)| row.name == name)
            .map_or(0, |(_, data)| {
                data.iter()
                    .fold(0, |value, byte| value << 8 | u32::from(*byte))
            })
    }

    /// Changes a number in the fixed part.
    pub fn set_fixed(&mut self, name: &str, value: u32) {
        for (row, data) in &mut self.fixed {
            if row.name == name {
                let size = data.len();
                *data = value.to_be_bytes()[4 - size..].to_vec();
            }
        }
    }
}
