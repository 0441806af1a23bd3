//! The summary for people.

use std::io::{self, Write};

use cti_codec::capture::{Time, VersionSource};

use super::sessions::{Begun, Known};
use super::{Count, Summary};
use crate::tool::run::grouped;

/// The sessions that are shown one by one.
const MOST_SHOWN: usize = 20;
/// The findings that are shown.
const MOST_FINDINGS: usize = 20;

/// Rows of cells, the first of which is a text.
struct Table {
    rows: Vec<Vec<String>>,
    /// Which columns are numbers, to be put to the right.
    right: &'static [bool],
}

impl Table {
    fn new(right: &'static [bool], heads: &[&str]) -> Self {
        Self {
            rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()],
            right,
        }
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    fn write(&self, out: &mut impl Write, strong: &dyn Fn(&str) -> String) -> io::Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (index, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let width = widths.get(column).copied().unwrap_or_default();
                let fill = " ".repeat(width.saturating_sub(cell.chars().count()));
                if column > 0 {
                    line.push_str("  ");
                }
                if self.right.get(column) == Some(&true) {
                    line.push_str(&fill);
                    line.push_str(cell);
                } else {
                    line.push_str(cell);
                    line.push_str(&fill);
                }
            }
            let line = line.trim_end();
            if index == 0 {
                writeln!(out, "{}", strong(line))?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        writeln!(out)
    }
}

impl Summary {
    /// Writes tables. Times of packets are shown by `clock`, headings by `strong`.
    pub(crate) fn write(
        &self,
        out: &mut impl Write,
        clock: &dyn Fn(Time) -> String,
        strong: &dyn Fn(&str) -> String,
    ) -> io::Result<()> {
        if self.packets.count > 0 {
            self.write_capture(out, clock, strong)?;
            self.write_sessions(out, strong)?;
        }
        self.write_messages(out, strong)?;
        self.write_requests(out, strong)?;
        self.write_findings(out, strong)?;
        self.write_lacks(out, strong)
    }

    fn write_capture(
        &self,
        out: &mut impl Write,
        clock: &dyn Fn(Time) -> String,
        strong: &dyn Fn(&str) -> String,
    ) -> io::Result<()> {
        let mut table = Table::new(&[], &["capture"]);
        if let (Some(first), Some(last)) = (self.first, self.last) {
            let length = last.nanoseconds.saturating_sub(first.nanoseconds);
            table.row([
                "  from".into(),
                format!("{} to {}", clock(first), clock(last)),
            ]);
            table.row(["  length".into(), span(length.max(0).unsigned_abs())]);
        }
        table.row(["  packets".into(), of(self.packets)]);
        if self.cut_packets > 0 {
            let text = format!(
                "{}: capture anew with the full size, tcpdump -s 0 (Wireshark: snapshot length off)",
                grouped(self.cut_packets)
            );
            table.row(["  cut".into(), text]);
        }
        if self.lost_packets > 0 {
            let text = format!("{}, as the capture tool says", grouped(self.lost_packets));
            table.row(["  lost".into(), text]);
        }
        table.write(out, strong)
    }

    fn write_sessions(
        &self,
        out: &mut impl Write,
        strong: &dyn Fn(&str) -> String,
    ) -> io::Result<()> {
        let sessions = &self.sessions;
        let mut table = Table::new(&[false, true], &["sessions", &grouped(sessions.count)]);
        let mut line = |what: &str, count: u64, more: String| {
            if count > 0 {
                table.row([format!("  {what}"), grouped(count), more]);
            }
        };
        for (begun, count) in &sessions.begun {
            let what = match begun {
                Begun::Before => "open before the capture began".into(),
                other => other.text(),
            };
            line(&what, *count, String::new());
        }
        let refusals: u64 = sessions.refusals.values().sum();
        let why = sessions
            .refusals
            .iter()
            .map(|(status, count)| format!("{status} {}", grouped(*count)))
            .collect::<Vec<_>>()
            .join(", ");
        line("requests to open refused", refusals, why);
        line("ended in order", sessions.in_order, String::new());
        for (how, count) in &sessions.lost {
            line(&format!("lost: {how}"), *count, String::new());
        }
        line(
            "open at the end of the capture",
            sessions.open_at_end,
            String::new(),
        );
        let one_sided = "the server's side was not captured";
        line(one_sided, sessions.one_sided, String::new());
        table.write(out, strong)?;
        let (notable, _) = sessions.listed();
        if notable.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(
            &[true, false, false, true, true, true],
            &[
                "session", "client", "server", "version", "messages", "holes", "opened", "ended",
            ],
        );
        for known in notable.iter().take(MOST_SHOWN) {
            table.row(cells(known));
        }
        let more = notable.len().saturating_sub(MOST_SHOWN);
        if more > 0 {
            let rest = grouped(super::long(more));
            table.row([
                String::new(),
                format!("and {rest} more; --to json lists them"),
            ]);
        }
        table.write(out, strong)
    }

    fn write_messages(
        &self,
        out: &mut impl Write,
        strong: &dyn Fn(&str) -> String,
    ) -> io::Result<()> {
        let mut table = Table::new(
            &[false, true, true, true, true],
            &["messages", "count", "bytes", "findings", "undecodable"],
        );
        let mut types: Vec<_> = self.types.iter().collect();
        types.sort_by_key(|(_, of_type)| u64::MAX.saturating_sub(of_type.all.count));
        let mut all = Count::default();
        for (message_type, of_type) in types {
            all.count = all.count.saturating_add(of_type.all.count);
            all.bytes = all.bytes.saturating_add(of_type.all.bytes);
            table.row([
                format!("  {message_type}"),
                grouped(of_type.all.count),
                grouped(of_type.all.bytes),
                some(of_type.findings),
                some(of_type.undecodable),
            ]);
        }
        table.row(["  all".into(), grouped(all.count), grouped(all.bytes)]);
        table.write(out, strong)
    }

    fn write_requests(
        &self,
        out: &mut impl Write,
        strong: &dyn Fn(&str) -> String,
    ) -> io::Result<()> {
        if self.requests.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(
            &[false, true, true, true, true, false],
            &[
                "requests",
                "count",
                "median",
                "99th",
                "unanswered",
                "failed",
            ],
        );
        for (message_type, requests) in &self.requests {
            let time = |percent| requests.times.percentile(percent).map(span);
            let failed = requests
                .failed
                .iter()
                .map(|(failure, count)| format!("{} {}", failure.name(), grouped(*count)))
                .collect::<Vec<_>>()
                .join(", ");
            table.row([
                format!("  {message_type}"),
                grouped(requests.count),
                time(50).unwrap_or_default(),
                time(99).unwrap_or_default(),
                some(requests.unanswered),
                failed,
            ]);
        }
        table.write(out, strong)
    }

    fn write_findings(
        &self,
        out: &mut impl Write,
        strong: &dyn Fn(&str) -> String,
    ) -> io::Result<()> {
        let findings = self.findings();
        if findings.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(&[false, false, true], &["findings", "", "count"]);
        for (message_type, field, kind, count) in findings.iter().take(MOST_FINDINGS) {
            table.row([
                format!("  {message_type}.{field}"),
                (*kind).to_owned(),
                grouped(*count),
            ]);
        }
        let more = findings.len().saturating_sub(MOST_FINDINGS);
        if more > 0 {
            let rest = grouped(super::long(more));
            table.row([format!("  and {rest} more; --to json lists them")]);
        }
        table.write(out, strong)
    }

    /// Holes of the capture, and the connections in it that cannot be read.
    fn write_lacks(&self, out: &mut impl Write, strong: &dyn Fn(&str) -> String) -> io::Result<()> {
        let mut table = Table::new(&[], &["not read"]);
        let counted = [("lost", self.lost), ("cut off", self.cut)];
        for (what, count) in counted.into_iter().filter(|(_, count)| count.count > 0) {
            let holes = if count.count == 1 { "hole" } else { "holes" };
            table.row([
                format!("  {} {holes}", grouped(count.count)),
                format!("{} bytes {what}", grouped(count.bytes)),
            ]);
        }
        for (what, count) in &self.unreadable {
            table.row([
                format!("  {} times", grouped(count.count)),
                format!("{} bytes {what}", grouped(count.bytes)),
            ]);
        }
        for ((protocol, ended), count) in &self.unread {
            let connections = match count.count {
                1 => "1 connection".into(),
                many => format!("{} connections", grouped(many)),
            };
            let help = if protocol.starts_with("TLS") || protocol.starts_with("SSL") {
                "; cannot be read: capture on the server, or decrypt in Wireshark"
            } else {
                ""
            };
            table.row([
                format!("  {connections}"),
                format!("{protocol}, {} bytes, {ended}{help}", grouped(count.bytes)),
            ]);
        }
        if table.rows.len() > 1 {
            table.write(out, strong)?;
        }
        Ok(())
    }
}

fn cells(known: &Known) -> [String; 8] {
    let session = &known.session;
    let guessed = match known.source {
        VersionSource::Given | VersionSource::Asked => "",
        VersionSource::Guessed | VersionSource::Default => "?",
    };
    [
        session.number.to_string(),
        session.client.to_string(),
        session.server.to_string(),
        format!("{}{guessed}", known.version),
        grouped(known.messages),
        some(known.holes),
        known.begun.text(),
        known.ended.clone(),
    ]
}

/// A number, or nothing for none.
fn some(number: u64) -> String {
    match number {
        0 => String::new(),
        number => grouped(number),
    }
}

fn of(count: Count) -> String {
    format!("{}, {} bytes", grouped(count.count), grouped(count.bytes))
}

/// A length of time, in three digits.
fn span(nanoseconds: u64) -> String {
    // The last three digits of a unit are those of the one below.
    let (unit, thousandths) = match nanoseconds {
        0..1_000 => return format!("{nanoseconds} ns"),
        1_000..1_000_000 => ("µs", nanoseconds),
        1_000_000..1_000_000_000 => ("ms", nanoseconds / 1_000),
        _ => ("s", nanoseconds / 1_000_000),
    };
    let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
    match (whole, rest / 10, rest / 100) {
        (0..10, 1.., _) => format!("{whole}.{:02} {unit}", rest / 10),
        (10..100, _, 1..) => format!("{whole}.{} {unit}", rest / 100),
        _ => format!("{} {unit}", grouped(whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn lengths_of_time_have_three_digits() {
        for (nanoseconds, text) in [
            (0, "0 ns"),
            (999, "999 ns"),
            (1_234_567, "1.23 ms"),
            (12_345_678, "12.3 ms"),
            (50_000_000, "50 ms"),
            (123_456_789, "123 ms"),
            (3_600_000_000_000, "3,600 s"),
            (10_050_000_000, "10 s"),
        ] {
            assert_eq!(span(nanoseconds), text);
        }
    }
}
