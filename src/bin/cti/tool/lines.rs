//! Lines out of a stream that comes in pieces.

use memchr::memchr;

use super::run::long;

/// The longest line, in bytes. What is behind is passed over, and told.
pub(crate) const LONGEST: usize = 256 * 1024;

/// Cuts bytes into lines.
#[derive(Default, Debug)]
pub(crate) struct Lines {
    /// The line that has begun.
    partial: Vec<u8>,
    /// The bytes of that line that were passed over.
    passed: u64,
    /// The lines so far.
    number: u64,
}

impl Lines {
    /// Takes in the next bytes, or the end, and gives out each line with its number and the bytes of
    /// it that were passed over.
    pub(crate) fn feed(&mut self, bytes: Option<&[u8]>, mut line: impl FnMut(u64, &[u8], u64)) {
        let Some(mut bytes) = bytes else {
            if !self.partial.is_empty() {
                self.number = self.number.saturating_add(1);
                line(self.number, &self.partial, self.passed);
                self.partial.clear();
            }
            return;
        };
        while let Some(end) = memchr(b'\n', bytes) {
            let (head, rest) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
            bytes = rest.strip_prefix(b"\n").unwrap_or(rest);
            self.number = self.number.saturating_add(1);
            if self.partial.is_empty() {
                let passed = head.len().saturating_sub(LONGEST);
                let head = head.get(..LONGEST).unwrap_or(head);
                line(self.number, head, long(passed));
            } else {
                self.hold(head);
                line(self.number, &self.partial, self.passed);
                self.partial.clear();
                self.passed = 0;
            }
        }
        self.hold(bytes);
    }

    fn hold(&mut self, bytes: &[u8]) {
        let room = LONGEST.saturating_sub(self.partial.len());
        let held = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.partial.extend_from_slice(held);
        let passed = long(bytes.len().saturating_sub(held.len()));
        self.passed = self.passed.saturating_add(passed);
    }
}

/// What follows a prefix like that of the first line: the same, but for numbers and for what grep
/// puts between them.
pub(crate) fn after_prefix<'a>(line: &'a [u8], model: &[u8]) -> Option<&'a [u8]> {
    let mut rest = line;
    let mut model = model;
    loop {
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (ours, theirs) = (digits(rest), digits(model));
        if ours > 0 && theirs > 0 {
            rest = rest.get(ours..)?;
            model = model.get(theirs..)?;
            continue;
        }
        match (model, rest) {
            ([], _) => return Some(rest),
            ([a, model_tail @ ..], [b, tail @ ..])
                if a == b || matches!((a, b), (b':' | b'-', b':' | b'-')) =>
            {
                model = model_tail;
                rest = tail;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_however_they_come() {
        let long = "x".repeat(LONGEST + 7);
        let text = format!("a\n\nb\r\n{long}\nc");
        for size in [1, 2, 3, 1000, 1 << 20] {
            let mut lines = Lines::default();
            let mut all = Vec::new();
            let mut add = |number, line: &[u8], passed| all.push((number, line.len(), passed));
            for chunk in text.as_bytes().chunks(size) {
                lines.feed(Some(chunk), &mut add);
            }
            lines.feed(None, &mut add);
            let expected = [(1, 1, 0), (2, 0, 0), (3, 2, 0), (4, LONGEST, 7), (5, 1, 0)];
            assert_eq!(all, expected);
        }
    }

    #[test]
    fn prefixes_are_alike_but_for_numbers() {
        let model = b"server.log:120:12:01:07 ocs2[77]: ";
        let line = b"server.log-99-1:13:59 ocs2[8]: \t'key'";
        assert_eq!(after_prefix(line, model), Some(&b"\t'key'"[..]));
        assert_eq!(after_prefix(b"other.log-99-", model), None);
        assert_eq!(after_prefix(b"> x", b"> "), Some(&b"x"[..]));
    }
}
