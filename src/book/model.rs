//! What a page is made of: plain data that the prerenderer writes and the browser reads.

use serde::{Deserialize, Serialize};

/// The book's table of contents: small enough to stand in every page.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The book's title.
    pub title: String,
    /// The line under the title.
    pub subtitle: String,
    /// The parts, in order, also those without a written chapter.
    pub parts: Vec<Part>,
    /// The written chapters, in the order of their numbers.
    pub chapters: Vec<ChapterCard>,
    /// What stands around the chapters, in its order.
    pub pages: Vec<PageCard>,
    /// The file name of the glossary's data. The prerenderer fills it in; the build leaves it
    /// empty.
    pub glossary: String,
    /// The same for the list of all questions.
    pub questions: String,
    /// The same for the places that search looks through.
    pub search: String,
}

/// What the contents say about a page that stands beside the chapters.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct PageCard {
    /// Its name in addresses: the page is `<slug>/`.
    pub slug: String,
    /// Its title, plain text.
    pub title: String,
    /// One sentence for the contents, search engines and link previews, plain text.
    pub description: String,
    /// The file name of the page's data. The prerenderer fills it in; the build leaves it empty.
    pub data: String,
}

/// A page that stands beside the chapters: the formula sheet, the reading list.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What the contents say about it.
    pub card: PageCard,
    /// Its headings, in order.
    pub outline: Vec<Heading>,
    /// Its text (block).
    pub text: Markup,
    /// The sources it cites, as they are numbered there.
    pub sources: Vec<Source>,
}

/// A part of the book.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Part {
    /// Its number, from 1.
    pub number: u8,
    /// Its title.
    pub title: String,
}

/// What the contents page and the links between chapters say about a chapter.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct ChapterCard {
    /// Its number in the book.
    pub number: u8,
    /// The number of its part.
    pub part: u8,
    /// Its name in addresses: the chapter's page is `chapter/<slug>/`.
    pub slug: String,
    /// Its title, plain text.
    pub title: String,
    /// The question it answers, plain text.
    pub question: String,
    /// One sentence for search engines and link previews, plain text. Empty in what a page holds as
    /// data: the program needs none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Minutes to read the text.
    pub reading_minutes: u16,
    /// Minutes for its quizzes, predictions, exercises and interview questions.
    pub practice_minutes: u16,
    /// The file name of the chapter's data. The prerenderer fills it in; the build leaves it empty.
    pub data: String,
}

/// A whole chapter.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Chapter {
    /// What the contents page says about it.
    pub card: ChapterCard,
    /// The one insight to take away (inline).
    pub insight: Markup,
    /// What one should have read before.
    pub needs: Vec<Need>,
    /// How many words the text has, without quizzes, exercises and questions.
    pub words: usize,
    /// The headings of the text, in order.
    pub outline: Vec<Heading>,
    /// The text with its active blocks, in order.
    pub segments: Vec<Segment>,
    /// The interview questions.
    pub questions: Vec<Question>,
    /// The sources that text and questions cite, as they are numbered there.
    pub sources: Vec<Source>,
    /// Where its links lead, numbered, for paper (block). The prerenderer fills it in, and the
    /// numbers into the text; the build leaves it empty.
    pub notes: Markup,
}

/// A chapter that one should have read before.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Need {
    /// Its name in addresses.
    pub slug: String,
    /// Its title, if it is written.
    pub title: Option<String>,
}

/// An entry of a chapter's outline.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Heading {
    /// 2 to 4.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words, plain text.
    pub text: String,
}

/// A piece of a chapter: text, or something that the reader works with.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Segment {
    /// Text (block).
    Html(Markup),
    /// A lab.
    Lab(LabBlock),
    /// A quiz item.
    Quiz(Quiz),
    /// A prediction that the engine grades.
    Predict(Predict),
    /// An exercise with its solution.
    Exercise(Exercise),
}

/// Finished HTML, or `None` where the page holds it already (see [`Chapter::skeleton`]).
///
/// "Inline" markup is phrasing content without a paragraph around it; "block" markup is
/// paragraphs, lists, tables and so on. Each field says which of the two it is.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(pub Option<String>);

/// A lab in the text. Its anchor is `lab-<name>`.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct LabBlock {
    /// The lab's name.
    pub lab: String,
    /// The run it opens with, as in a run link after `lab:<name>;`: `scenario=fast-clock;seed=7`.
    pub run: String,
    /// What to try first (inline).
    pub caption: Markup,
    /// The lab in the first state of its run, with the caption (block). The book does not know
    /// how labs look: whoever writes the pages fills it in.
    pub picture: Markup,
}

/// A quiz item: one idea, one right option.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Quiz {
    /// Its anchor, and its name in what the reader has done.
    pub id: String,
    /// The question (block).
    pub ask: Markup,
    /// Two or more, exactly one of them right.
    pub options: Vec<QuizOption>,
}

/// An option of a quiz item.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct QuizOption {
    /// What it says (inline).
    pub text: Markup,
    /// Whether it is the right one.
    pub right: bool,
    /// Why it is right or wrong (block).
    pub why: Markup,
}

/// A prediction: the reader says what a run will give, and the engine runs it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Predict {
    /// Its anchor, and its name in what the reader has done.
    pub id: String,
    /// The question (block).
    pub ask: Markup,
    /// The lab's name.
    pub lab: String,
    /// The run, as in a run link after `lab:<name>;`.
    pub run: String,
    /// Where the run can be watched, from the site's root; empty if no chapter has the lab.
    pub address: String,
    /// The number of that run which is asked for.
    pub probe: String,
    /// Two or more, exactly one of them with the engine's answer.
    pub options: Vec<PredictOption>,
    /// Shown after the answer, whichever was chosen (block).
    pub explain: Markup,
}

/// An option of a prediction.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct PredictOption {
    /// What it says (inline).
    pub text: Markup,
    /// The value of the probe that it stands for.
    pub value: i64,
}

/// An exercise.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Exercise {
    /// Its anchor, and its name in what the reader has done.
    pub id: String,
    /// What to do (block).
    pub task: Markup,
    /// How it is done (block).
    pub solution: Markup,
}

/// An interview question.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Question {
    /// Its anchor, and its name in what the reader has done.
    pub id: String,
    /// How much it asks of the candidate.
    pub level: Level,
    /// The concepts it is about, at least one.
    pub concepts: Vec<String>,
    /// The question (block).
    pub ask: Markup,
    /// An answer one could say aloud (block).
    pub short: Markup,
    /// The reasoning, the trade-off, the failure case (block).
    pub full: Markup,
    /// What is often said wrong (block).
    pub mistakes: Markup,
    /// Two or three harder questions (inline).
    pub follow_ups: Vec<Markup>,
    /// The address of the lab run that shows it, ready to use.
    pub proof: Option<String>,
}

/// All questions, as they are listed to be chosen from.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Bank {
    /// The questions, in the order of the chapters.
    pub questions: Vec<QuestionCard>,
    /// The concepts that they are about: names and terms (plain text), in the order of the terms.
    pub terms: Vec<(String, String)>,
}

/// A question as the bank of all questions lists it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct QuestionCard {
    /// Its name: its own page is `question/<id>/`.
    pub id: String,
    /// How it begins, plain text: the title of its page.
    pub title: String,
    /// The slug of its chapter.
    pub chapter: String,
    /// How much it asks of the candidate.
    pub level: Level,
    /// The concepts it is about.
    pub concepts: Vec<String>,
    /// The question (block).
    pub ask: Markup,
}

/// How much a question asks of the candidate.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Know it.
    Foundation,
    /// Use it and defend it.
    Senior,
    /// Decide it for others.
    Staff,
}

/// A source that a chapter cites. Its anchor is `source-<key>`; the first citation's is
/// `cite-<key>`, those after it `cite-<key>-2` and so on.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Source {
    /// Its number in the chapter.
    pub number: u16,
    /// Its name in the source list.
    pub key: String,
    /// Who wrote it.
    pub authors: String,
    /// Its title.
    pub title: String,
    /// The year it appeared.
    pub year: i32,
    /// Where it appeared: journal, conference, site, section.
    pub place: String,
    /// Its address.
    pub url: String,
    /// What to read it for.
    pub read_for: String,
}

/// An entry of the glossary.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct GlossaryEntry {
    /// The concept, and its anchor in the chapter.
    pub id: String,
    /// The term as the chapter writes it, plain text.
    pub term: String,
    /// What it means (block).
    pub text: Markup,
    /// The slug of the chapter that defines it.
    pub chapter: String,
}
