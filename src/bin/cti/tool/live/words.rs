//! What commands of the desktops have in common: how a line is read, and the commands of both.

use std::time::Duration;

use super::seconds;

/// A command: its name of one or more words, its arguments, its purpose.
pub(crate) type Row = (&'static str, &'static str, &'static str);

/// The commands that every desktop has beside its own.
const COMMON: [Row; 3] = [
    ("sleep", "SECONDS", "do nothing"),
    ("help", "", "show this"),
    ("quit", "", "close the session and end"),
];

/// A command that every desktop has.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Common {
    Wait(String, Option<Duration>),
    Sleep(Duration),
    Help,
    Quit,
}

/// A line whose command is known: the name, and what follows it.
pub(crate) struct Given<'l> {
    pub(crate) name: &'static str,
    takes: &'static str,
    /// The rest of the line, word by word.
    pub(crate) words: Vec<&'l str>,
    /// The rest of the line as it is, with remarks in it.
    pub(crate) text: &'l str,
}

/// All commands of a desktop.
pub(crate) fn all(own: &'static [Row]) -> impl Iterator<Item = Row> + Clone {
    own.iter().copied().chain(COMMON)
}

/// The command with which a line begins, the longest that fits; or the word that is none. `None` if
/// the line has no more than a remark.
pub(crate) fn given<'l>(own: &'static [Row], line: &'l str) -> Option<Result<Given<'l>, &'l str>> {
    let line = line.trim();
    let first = line.split_whitespace().next()?;
    if first.starts_with('#') {
        return None;
    }
    let rests = all(own).filter_map(|(name, takes, _)| {
        let mut rest = line;
        for word in name.split(' ') {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (given, after) = rest.split_at(end);
            if !given.eq_ignore_ascii_case(word) {
                return None;
            }
            rest = after.trim_start();
        }
        Some((name, takes, rest))
    });
    let longest = rests.max_by_key(|(name, ..)| name.split(' ').count());
    let Some((name, takes, text)) = longest else {
        return Some(Err(first));
    };
    // A word of its own: numbers, passwords and texts may have one in them.
    let words = text.split_whitespace().take_while(|word| *word != "#");
    Some(Ok(Given {
        name,
        takes,
        words: words.collect(),
        text,
    }))
}

impl Given<'_> {
    /// What to say of arguments that are not as they should be.
    pub(crate) fn usage(&self) -> String {
        match self.takes {
            "" => "takes nothing".to_owned(),
            takes => format!("takes {takes}"),
        }
    }

    /// Fails if a command without arguments has some.
    pub(crate) fn bare(&self) -> Result<(), String> {
        if self.takes.is_empty() && !self.words.is_empty() {
            Err(self.usage())
        } else {
            Ok(())
        }
    }

    /// The one argument.
    pub(crate) fn one(&self) -> Result<String, String> {
        self.optional()?.ok_or_else(|| self.usage())
    }

    /// The one argument, if there is one.
    pub(crate) fn optional(&self) -> Result<Option<String>, String> {
        match self.words[..] {
            [] => Ok(None),
            [word] => Ok(Some(word.to_owned())),
            _ => Err(self.usage()),
        }
    }

    /// Whether the one argument that there may be is there.
    #[cfg(any(feature = "simulator", test))]
    pub(crate) fn flag(&self, flag: &str) -> Result<bool, String> {
        match self.words[..] {
            [] => Ok(false),
            [word] if word.eq_ignore_ascii_case(flag) => Ok(true),
            _ => Err(self.usage()),
        }
    }

    /// The command, if it is one that every desktop has.
    pub(crate) fn common(&self) -> Result<Option<Common>, String> {
        self.bare()?;
        Ok(Some(match self.name {
            "wait" => match self.words[..] {
                [event] => Common::Wait(event.to_owned(), None),
                [event, time] => Common::Wait(event.to_owned(), Some(seconds(time)?)),
                _ => return Err(self.usage()),
            },
            "sleep" => Common::Sleep(seconds(&self.one()?)?),
            "help" => Common::Help,
            "quit" => Common::Quit,
            _ => return Ok(None),
        }))
    }
}

/// The words that may follow on a line, of the names of commands.
pub(crate) fn next(own: &'static [Row], head: &str) -> Vec<String> {
    let head = head.split_whitespace().collect::<Vec<_>>();
    let head = head.join(" ").to_lowercase();
    let mut words: Vec<String> = Vec::new();
    for (name, ..) in all(own) {
        let rest = if head.is_empty() {
            Some(name)
        } else {
            name.strip_prefix(head.as_str())
                .and_then(|rest| rest.strip_prefix(' '))
        };
        let word = rest.and_then(|rest| rest.split(' ').next());
        if let Some(word) = word.filter(|word| !words.iter().any(|known| known == word)) {
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &[Row] = &[
        ("hold", "", ""),
        ("dial", "NUMBER", ""),
        ("do not call", "[record]", ""),
        ("do not call number", "NUMBER", ""),
        ("wait", "EVENT [SECONDS]", ""),
    ];

    fn read(line: &str) -> Given<'_> {
        given(OWN, line)
            .unwrap()
            .unwrap_or_else(|word| panic!("{word}"))
    }

    #[test]
    fn remarks_are_words_of_their_own() {
        assert!(given(OWN, "  # hold").is_none());
        assert!(given(OWN, "#hold").is_none());
        assert!(given(OWN, " \t").is_none());
        assert_eq!(read("dial 5 # Bob").words, ["5"]);
        assert_eq!(read("dial 5 # Bob").text, "5 # Bob");
        assert_eq!(read("dial #31#5").one().unwrap(), "#31#5");
        assert!(read("hold # please").bare().is_ok());
        assert_eq!(read("hold please").bare().unwrap_err(), "takes nothing");
        assert_eq!(read("dial").one().unwrap_err(), "takes NUMBER");
    }

    #[test]
    fn the_longest_name_is_meant() {
        assert_eq!(read("Do  NOT call").name, "do not call");
        assert_eq!(read("do not call RECORD").flag("record"), Ok(true));
        assert_eq!(read("do not call number 5").name, "do not call number");
        assert!(matches!(given(OWN, "do not"), Some(Err("do"))));
        assert_eq!(next(OWN, "do NOT"), ["call"]);
        assert!(next(OWN, "").contains(&"sleep".to_owned()));
    }

    #[test]
    fn commands_of_both() {
        let common = |line| read(line).common();
        assert_eq!(common("hold"), Ok(None));
        assert_eq!(
            common("wait Ready 0.5"),
            Ok(Some(Common::Wait(
                "Ready".into(),
                Some(Duration::from_millis(500))
            )))
        );
        assert_eq!(common("wait"), Err("takes EVENT [SECONDS]".into()));
        assert!(common("sleep -1").is_err() && common("sleep").is_err());
        assert_eq!(common("quit"), Ok(Some(Common::Quit)));
        assert_eq!(common("quit now"), Err("takes nothing".into()));
    }
}
