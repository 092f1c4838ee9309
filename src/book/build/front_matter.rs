//! The head of a chapter: its keys between two `+++` lines.

use super::{
    html::is_kebab,
    passage::{File, Passage, Place},
    problem::Problems,
    table::Document,
};

/// How long a description may be, in characters: what search engines show.
const DESCRIPTION: std::ops::RangeInclusive<usize> = 50..=160;

/// A chapter as it was found: head and body apart, the body not yet read.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) slug: &'a str,
    pub(super) front: FrontMatter<'a>,
    pub(super) body: Passage<'a>,
    /// Whether the body could be told from the head.
    pub(super) has_body: bool,
}

/// What a chapter says of itself. What is missing or wrong has been reported and is left out.
#[derive(Debug, Default)]
pub(super) struct FrontMatter<'a> {
    /// Whether it could be read at all. If not, nothing is concluded from what it lacks.
    pub(super) is_read: bool,
    pub(super) number: Option<(u8, Place<'a>)>,
    pub(super) part: Option<(u8, Place<'a>)>,
    pub(super) title: String,
    pub(super) question: String,
    pub(super) description: String,
    pub(super) insight: Option<Passage<'a>>,
    pub(super) needs: Vec<Passage<'a>>,
    pub(super) concepts: Vec<Passage<'a>>,
    /// For a concept, those that one has to understand first.
    pub(super) builds_on: Vec<(Passage<'a>, Vec<Passage<'a>>)>,
}

/// Takes a chapter's file apart.
pub(super) fn read<'a>(slug: &'a str, file: &'a File, problems: &Problems) -> Draft<'a> {
    let whole = Passage::whole(file);
    let split = split(&whole, problems);
    let has_body = split.is_some();
    let (front, body) = split.unwrap_or_else(|| (None, whole.slice(0..0)));
    let front = front.and_then(|front| read_front(slug, &front, whole.start(), problems));
    if body.is_blank() && front.is_some() {
        let what = "the chapter has no text";
        problems.report(body.start(), what, "write it below the front matter");
    }
    Draft {
        slug,
        front: front.unwrap_or_default(),
        body,
        has_body,
    }
}

/// The TOML between the two `+++` lines, and what follows them; nothing if that cannot be told.
pub(super) fn split<'a>(
    whole: &Passage<'a>,
    problems: &Problems,
) -> Option<(Option<Passage<'a>>, Passage<'a>)> {
    let text = whole.text();
    let mut offset = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let next = offset + line.len();
        match start {
            None if is_fence(line) => start = Some(next),
            Some(start) if is_fence(line) => {
                let front = whole.slice(start..offset);
                return Some((Some(front), whole.slice(next..text.len())));
            }
            None => {
                let what = "the chapter does not begin with its front matter";
                let fix = "begin the file with a line `+++`, its keys in TOML, and a line `+++`";
                problems.report(whole.start(), what, fix);
                return Some((None, whole.clone()));
            }
            Some(_) => {}
        }
        offset = next;
    }
    let what = "the front matter is not closed";
    let fix = "put a line `+++` after its last key";
    problems.report(whole.start(), what, fix);
    None
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "+++"
}

fn read_front<'a>(
    slug: &str,
    front: &Passage<'a>,
    place: Place<'a>,
    problems: &Problems,
) -> Option<FrontMatter<'a>> {
    let document = Document::parse(front, "the front matter", problems)?;
    let mut table = document.table("the front matter", place);
    let mut plain = |key| table.text(key, problems);
    let (title, question) = (plain("title"), plain("question"));
    let description = plain("description");
    let insight = plain("insight");
    let number = table.integer("number", 1..=99, problems);
    let part = table.integer("part", 1..=99, problems);
    let needs = table.texts("needs", problems);
    let concepts = table.texts("concepts", problems);
    let builds_on = table.table("builds_on", problems);
    let builds_on = builds_on.map(|builds_on| builds_on.lists(problems));
    table.finish(problems);

    check_description(description.as_ref(), problems);
    check_names("concept", &concepts, problems);
    check_names("chapter", &needs, problems);
    for need in needs.iter().filter(|need| need.text() == slug) {
        problems.report(
            need.start(),
            "the chapter needs itself",
            "take it out of `needs`",
        );
    }
    Some(FrontMatter {
        is_read: true,
        number: number.and_then(small),
        part: part.and_then(small),
        title: owned(title),
        question: owned(question),
        description: owned(description),
        insight,
        needs,
        concepts,
        builds_on: builds_on.unwrap_or_default(),
    })
}

fn small((number, place): (i64, Place<'_>)) -> Option<(u8, Place<'_>)> {
    Some((u8::try_from(number).ok()?, place))
}

fn owned(text: Option<Passage<'_>>) -> String {
    text.map_or_else(String::new, |text| text.text().trim().to_owned())
}

/// Search engines show a sentence, and cut off what is longer.
pub(super) fn check_description(description: Option<&Passage<'_>>, problems: &Problems) {
    let Some(description) = description else {
        return;
    };
    let length = description.text().chars().count();
    if !DESCRIPTION.contains(&length) {
        let what = format!("`description` has {length} characters");
        let (least, most) = (DESCRIPTION.start(), DESCRIPTION.end());
        let fix = format!("write one sentence of {least} to {most} characters");
        problems.report(description.start(), what, fix);
    }
}

/// Names must be kebab-case and stand once in their list.
fn check_names(kind: &str, names: &[Passage<'_>], problems: &Problems) {
    for (at, name) in names.iter().enumerate() {
        let text = name.text();
        if !is_kebab(text) {
            let what = format!("`{text}` is no name for a {kind}");
            let fix = "write small letters and digits with single dashes: `clock-skew`";
            problems.report(name.start(), what, fix);
        }
        if names[..at].iter().any(|before| before.text() == text) {
            let what = format!("`{text}` stands twice in the list");
            problems.report(name.start(), what, "take one of them out");
        }
    }
}
