//! How it stands with the book without network: what the service worker reports, and the words for it.

/// Where a browser is with an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are being fetched.
    Going,
    /// All of it is kept.
    Whole,
    /// The browser has thrown something away.
    Partial,
    /// It came no further, because of this.
    Failed(Why),
}

/// Why an edition could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A request was not answered.
    Network,
    /// The server has no such file.
    Missing,
    /// The server gives another file than the edition has.
    Other,
    /// The browser gives no more space.
    Room,
}

/// One report of the service worker (`report` in `src/bin/prerender/sw.js`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Another edition is at work, and this one is to follow it.
    pub is_new: bool,
    /// How far it has come.
    pub stage: Stage,
    /// The edition's name.
    pub edition: String,
    /// So many files are kept, of so many.
    pub files: (u32, u32),
    /// So many bytes are kept, of so many.
    pub bytes: (u32, u32),
    /// The file at which it failed; empty where it was none in particular.
    pub file: String,
}

impl Report {
    /// Reads a report; none where the line is not one.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let is_new = words.next()? == "new";
        let stage = words.next()?;
        let edition = words.next()?.to_owned();
        let mut number = || words.next()?.parse().ok();
        let files = (number()?, number()?);
        let bytes = (number()?, number()?);
        let stage = match (stage, words.next()) {
            ("going", _) => Stage::Going,
            ("whole", _) => Stage::Whole,
            ("partial", _) => Stage::Partial,
            ("failed", Some("missing")) => Stage::Failed(Why::Missing),
            ("failed", Some("other")) => Stage::Failed(Why::Other),
            ("failed", Some("room")) => Stage::Failed(Why::Room),
            ("failed", _) => Stage::Failed(Why::Network),
            _ => return None,
        };
        let file = words.next().unwrap_or_default().to_owned();
        Some(Self {
            is_new,
            stage,
            edition,
            files,
            bytes,
            file,
        })
    }

    fn amount(&self) -> String {
        let (files, of) = self.files;
        let (bytes, total) = self.bytes;
        format!(
            "{files} of {of} files, {} of {} MB",
            megabytes(bytes),
            megabytes(total)
        )
    }

    /// What went wrong, for the middle of a sentence.
    fn reason(&self, why: Why) -> String {
        let file = named(&self.file);
        match why {
            Why::Network => format!("the network was lost after {}", self.amount()),
            Why::Missing => format!("the server lacks {file}"),
            Why::Other => format!("the server gives another edition of {file}"),
            Why::Room => format!("the browser has no room for {} MB", megabytes(self.bytes.1)),
        }
    }
}

/// What the panel has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known yet, or the page is of a draft of the book.
    #[default]
    Unknown,
    /// The browser has no service workers here.
    Impossible,
    /// The browser has them, but gives none.
    Refused,
    /// The reader saves data: nothing is fetched before they say so. So many megabytes, as the page
    /// gives it.
    Asks(String),
    /// As the service worker reports.
    Reported(Report),
}

impl Standing {
    /// The sentence for the reader.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Impossible => "Without network this book cannot be read here: browsers keep \
                 pages only of addresses that begin with https, and some not in private windows."
                .to_owned(),
            Self::Refused => "The browser does not keep the book for reading without network. In \
                 private windows it may refuse, and so it does where storing is blocked for this \
                 site."
                .to_owned(),
            Self::Asks(megabytes) => format!(
                "Your browser saves data, so the book is not kept for reading without network \
                 until you say so: {megabytes} MB at most."
            ),
            Self::Reported(report) => words_of(report),
        }
    }

    /// What the button does; none where there is nothing to do.
    #[must_use]
    pub fn button(&self) -> Option<&'static str> {
        match self {
            Self::Unknown | Self::Impossible => None,
            Self::Refused => Some("Try again"),
            Self::Asks(_) => Some("Keep the whole book"),
            Self::Reported(report) => match report.stage {
                Stage::Partial => Some("Fetch the rest"),
                Stage::Failed(_) if !report.is_new => Some("Try again"),
                _ => None,
            },
        }
    }

    /// Bytes kept, of how many, while they are coming.
    #[must_use]
    pub fn progress(&self) -> Option<(u32, u32)> {
        match self {
            Self::Reported(report) if report.stage == Stage::Going => Some(report.bytes),
            _ => None,
        }
    }
}

fn words_of(report: &Report) -> String {
    let amount = report.amount();
    let edition = &report.edition;
    let size = megabytes(report.bytes.1);
    match (report.is_new, report.stage) {
        (false, Stage::Going) => format!("Being kept for reading without network: {amount}."),
        (false, Stage::Whole) => format!(
            "Offline: the whole book is kept in this browser · {size} MB · edition {edition}"
        ),
        (true, Stage::Going) => {
            format!("Offline: the book is kept. A new edition is coming: {amount}.")
        }
        (true, Stage::Whole | Stage::Partial) => format!(
            "Offline: the book is kept, and so is a new edition · {size} MB · edition {edition}"
        ),
        (false, Stage::Partial) => {
            format!("The browser has thrown away a part of the book; {amount} are kept.")
        }
        (true, Stage::Failed(why)) => format!(
            "Offline: the book is kept. A new edition could not be fetched whole: {}. So this one \
             stays; the next visit tries again.",
            report.reason(why)
        ),
        (false, Stage::Failed(why)) => {
            let (yet, advice) = match why {
                Why::Network => (" yet", "What has come stays."),
                Why::Missing => ("", "Those who host the book can mend that."),
                Why::Other => (
                    "",
                    "It is probably being updated; try again in a few minutes.",
                ),
                Why::Room => ("", "Free some space on this device, then try again."),
            };
            let reason = report.reason(why);
            format!("Not kept{yet} for reading without network: {reason}. {advice}")
        }
    }
}

/// The root's page has no name of its own.
fn named(file: &str) -> &str {
    if file.is_empty() {
        "the start page"
    } else {
        file
    }
}

/// With one decimal: `3.1`.
fn megabytes(bytes: u32) -> String {
    let tenths = bytes.saturating_add(50_000) / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, words: &str, button: Option<&str>) {
        let standing = Standing::Reported(Report::read(line).unwrap());
        assert_eq!(standing.words(), words);
        assert_eq!(standing.button(), button);
    }

    #[test]
    fn a_reader_sees_how_far_it_has_come() {
        let line = "own going 3fa0c112 41 270 3100000 13725093";
        let words = "Being kept for reading without network: 41 of 270 files, 3.1 of 13.7 MB.";
        check(line, words, None);
        let standing = Standing::Reported(Report::read(line).unwrap());
        assert_eq!(standing.progress(), Some((3_100_000, 13_725_093)));
    }

    #[test]
    fn what_is_kept_is_said_with_size_and_edition() {
        check(
            "own whole 3fa0c112 270 270 13725093 13725093",
            "Offline: the whole book is kept in this browser · 13.7 MB · edition 3fa0c112",
            None,
        );
    }

    #[test]
    fn a_failure_says_what_to_do() {
        let failed = |why: &str| format!("own failed 3fa0c112 41 270 3100000 13725093 {why}");
        for (why, piece) in [
            (
                "network about/",
                "the network was lost after 41 of 270 files",
            ),
            ("missing about/", "the server lacks about/"),
            ("missing ", "the server lacks the start page"),
            ("other about/", "try again in a few minutes"),
            ("room", "Free some space"),
        ] {
            let standing = Standing::Reported(Report::read(&failed(why)).unwrap());
            assert!(standing.words().contains(piece), "{}", standing.words());
            assert_eq!(standing.button(), Some("Try again"));
            assert_eq!(standing.progress(), None);
        }
    }

    #[test]
    fn a_new_edition_that_fails_says_why_and_asks_for_nothing() {
        check(
            "new failed 3fa0c112 41 270 3100000 13725093 missing about/",
            "Offline: the book is kept. A new edition could not be fetched whole: the server lacks \
             about/. So this one stays; the next visit tries again.",
            None,
        );
    }

    #[test]
    fn what_is_no_report_is_none() {
        for line in [
            "",
            "own",
            "own whole 3fa0c112 1 2 3",
            "own flying x 1 2 3 4",
            "own whole x 1 2 3 many",
        ] {
            assert_eq!(Report::read(line), None, "{line:?}");
        }
    }

    #[test]
    fn megabytes_have_one_decimal() {
        for (bytes, expected) in [
            (0, "0.0"),
            (49_999, "0.0"),
            (50_000, "0.1"),
            (13_725_093, "13.7"),
        ] {
            assert_eq!(megabytes(bytes), expected);
        }
    }
}
