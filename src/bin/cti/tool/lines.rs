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
}
