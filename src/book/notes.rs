//! Links as notes for paper: a link's words do not say where it leads, so each gets a number, and
//! the chapter a list of the addresses.
//!
//! The numbers are empty elements (`<sup class="to-note" data-note="3">`) which the style sheet
//! fills in on paper only: they are no words of the text.

use std::collections::BTreeMap;

use super::model::{Chapter, GlossaryEntry, Markup, Question, Segment};
use super::tags::{Piece, Tag, pieces};

/// Gives each chapter its notes, and its links their numbers.
pub fn add_notes(chapters: &mut [Chapter], glossary: &[GlossaryEntry]) {
    let places = Places::of(chapters, glossary);
    for chapter in chapters {
        let mut notes = Notes::of(&places, &chapter.card.slug);
        // What is folded comes last: where it is not printed, no number is missing.
        for passage in [
            Passage::Text,
            Passage::Reason,
            Passage::Solution,
            Passage::Answer,
        ] {
            each_markup(chapter, passage, &mut |markup| {
                if let Some(html) = &markup.0 {
                    markup.0 = Some(notes.number(html, passage));
                }
            });
        }
        chapter.notes = Markup(Some(notes.list()));
    }
}

/// Where in a chapter a link stands, as far as it decides whether it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passage {
    /// What is always printed.
    Text,
    /// Why an option is right or wrong.
    Reason,
    /// How an exercise is solved.
    Solution,
    /// What is answered to a question.
    Answer,
}

impl Passage {
    /// The class of notes that nothing refers to but this.
    fn class(self) -> &'static str {
        match self {
            Self::Text => "note",
            Self::Reason => "note note-reason",
            Self::Solution => "note note-solution",
            Self::Answer => "note note-answer",
        }
    }
}

/// Calls back for every text of the chapter that stands in such a place, in order.
fn each_markup(chapter: &mut Chapter, passage: Passage, change: &mut impl FnMut(&mut Markup)) {
    for segment in &mut chapter.segments {
        match (segment, passage) {
            (Segment::Html(text), Passage::Text) => change(text),
            (Segment::Lab(lab), Passage::Text) => change(&mut lab.caption),
            (Segment::Quiz(quiz), Passage::Text) => {
                change(&mut quiz.ask);
                let texts = quiz.options.iter_mut().map(|option| &mut option.text);
                texts.for_each(&mut *change);
            }
            (Segment::Quiz(quiz), Passage::Reason) => {
                let reasons = quiz.options.iter_mut().map(|option| &mut option.why);
                reasons.for_each(&mut *change);
            }
            (Segment::Predict(predict), Passage::Text) => {
                change(&mut predict.ask);
                let texts = predict.options.iter_mut().map(|option| &mut option.text);
                texts.for_each(&mut *change);
            }
            (Segment::Predict(predict), Passage::Reason) => change(&mut predict.explain),
            (Segment::Exercise(exercise), Passage::Text) => change(&mut exercise.task),
            (Segment::Exercise(exercise), Passage::Solution) => change(&mut exercise.solution),
            _ => {}
        }
    }
    if passage == Passage::Text {
        change(&mut chapter.insight);
    }
    for question in &mut chapter.questions {
        each_markup_of_question(question, passage, change);
    }
}

fn each_markup_of_question(
    question: &mut Question,
    passage: Passage,
    change: &mut impl FnMut(&mut Markup),
) {
    match passage {
        Passage::Text => change(&mut question.ask),
        Passage::Answer => {
            change(&mut question.short);
            change(&mut question.full);
            change(&mut question.mistakes);
            question.follow_ups.iter_mut().for_each(change);
        }
        Passage::Reason | Passage::Solution => {}
    }
}

/// What the anchors of the book are called on paper.
struct Places {
    /// By slug: number and title.
    chapters: BTreeMap<String, (u8, String)>,
    /// By `slug#anchor`: a heading's words, or a term.
    anchors: BTreeMap<String, String>,
}

impl Places {
    fn of(chapters: &[Chapter], glossary: &[GlossaryEntry]) -> Self {
        let headings = chapters.iter().flat_map(|chapter| {
            let slug = &chapter.card.slug;
            let named = chapter.outline.iter();
            named.map(move |heading| (format!("{slug}#{}", heading.id), heading.text.clone()))
        });
        let terms = glossary.iter().map(|entry| {
            (
                format!("{}#{}", entry.chapter, entry.id),
                entry.term.clone(),
            )
        });
        let cards = chapters.iter().map(|chapter| &chapter.card);
        Self {
            chapters: cards
                .map(|card| (card.slug.clone(), (card.number, card.title.clone())))
                .collect(),
            anchors: headings.chain(terms).collect(),
        }
    }

    /// Where an address leads, in words for paper (HTML).
    fn in_words(&self, address: &str) -> String {
        let inside = address.strip_prefix("chapter/");
        let known = inside
            .filter(|inside| !inside.contains("#run="))
            .and_then(|inside| {
                let (slug, anchor) = inside.split_once('/')?;
                let (number, title) = self.chapters.get(slug)?;
                let words = self.anchors.get(&format!("{slug}{anchor}"));
                let words = words.map(|words| format!(": {}", escape(words)));
                Some(format!(
                    "Chapter {number}, <cite>{}</cite>{}",
                    escape(title),
                    words.unwrap_or_default()
                ))
            });
        known.unwrap_or_else(|| {
            let class = if address.contains("://") {
                "address"
            } else {
                "address of-site"
            };
            format!("<span class=\"{class}\">{address}</span>")
        })
    }
}

/// The notes of a chapter, as they come together.
struct Notes<'a> {
    places: &'a Places,
    /// The chapter's own address.
    own: String,
    /// Address and where it is first used.
    list: Vec<(String, Passage)>,
}

impl<'a> Notes<'a> {
    fn of(places: &'a Places, slug: &str) -> Self {
        Self {
            places,
            own: format!("chapter/{slug}/"),
            list: Vec::new(),
        }
    }

    /// The text with a number behind each link.
    fn number(&mut self, html: &str, passage: Passage) -> String {
        let mut written = String::with_capacity(html.len());
        let mut number = None;
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => written.push_str(text),
                Piece::Tag(tag) => {
                    written.push_str(tag.source());
                    match tag.name() {
                        "a" => number = self.number_of(tag, passage),
                        "/a" => written.push_str(&mark(number.take())),
                        _ => {}
                    }
                }
            }
        }
        written
    }

    /// A link's number; none if it leads nowhere that paper has to name.
    fn number_of(&mut self, link: Tag<'_>, passage: Passage) -> Option<usize> {
        let address = link.attribute("href")?;
        // Where it leads in the chapter, and to which source, the chapter itself says.
        let is_here = address.starts_with(&self.own) && !address.contains("#run=");
        if is_here || link.attribute("class") == Some("anchor") {
            return None;
        }
        let known = self.list.iter().position(|(other, _)| other == address);
        Some(match known {
            Some(place) => place + 1,
            None => {
                self.list.push((address.to_owned(), passage));
                self.list.len()
            }
        })
    }

    fn list(&self) -> String {
        if self.list.is_empty() {
            return String::new();
        }
        let lines: String = (1..)
            .zip(&self.list)
            .map(|(number, (address, passage))| {
                let (class, words) = (passage.class(), self.places.in_words(address));
                format!("<li value=\"{number}\" class=\"{class}\">{words}</li>")
            })
            .collect();
        format!("<h2>Links</h2><ol>{lines}</ol>")
    }
}

fn mark(number: Option<usize>) -> String {
    number.map_or_else(String::new, |number| {
        format!("<sup class=\"to-note\" data-note=\"{number}\"></sup>")
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{ChapterCard, Exercise, Heading};

    fn html(text: &str) -> Markup {
        Markup(Some(text.to_owned()))
    }

    fn chapter(slug: &str, number: u8, segments: Vec<Segment>) -> Chapter {
        Chapter {
            card: ChapterCard {
                number,
                slug: slug.to_owned(),
                title: format!("All of {slug}"),
                ..ChapterCard::default()
            },
            outline: vec![Heading {
                level: 2,
                id: "begin".to_owned(),
                text: "How it <begins>".to_owned(),
            }],
            segments,
            ..Chapter::default()
        }
    }

    /// The first text of the chapter `time` and its notes, when it links so.
    fn noted(links: &str) -> (String, String) {
        let segments = vec![Segment::Html(html(links))];
        let mut chapters = [chapter("time", 2, segments), chapter("crdts", 9, vec![])];
        add_notes(&mut chapters, &[]);
        let [chapter, _] = chapters;
        let Some(Segment::Html(Markup(Some(text)))) = chapter.segments.into_iter().next() else {
            panic!("the text is gone");
        };
        (text, chapter.notes.0.unwrap())
    }

    #[test]
    fn a_link_to_the_web_is_noted_with_its_address() {
        let (text, notes) = noted("<a href=\"https://x.org/?a=1&amp;b\">there</a>.");
        assert!(
            text.ends_with("</a><sup class=\"to-note\" data-note=\"1\"></sup>."),
            "{text}"
        );
        assert!(
            notes.contains(">https://x.org/?a=1&amp;b</span></li>"),
            "{notes}"
        );
    }

    #[test]
    fn a_link_to_another_chapter_is_noted_with_number_title_and_heading() {
        let (_, notes) = noted("<a href=\"chapter/crdts/#begin\">there</a>");
        let line = "Chapter 9, <cite>All of crdts</cite>: How it &lt;begins></li>";
        assert!(notes.contains(line), "{notes}");
    }

    #[test]
    fn a_link_inside_the_chapter_and_a_citation_need_no_note() {
        let (text, notes) = noted(
            "<a href=\"chapter/time/#begin\">up</a> <a href=\"chapter/time/#source-x\">1</a>",
        );
        assert!(
            !text.contains("to-note") && notes.is_empty(),
            "{text} {notes}"
        );
    }

    #[test]
    fn a_run_is_noted_wherever_its_lab_is() {
        let (_, notes) =
            noted("<a href=\"chapter/time/#run=ping;seed=2\" class=\"run-link\">run</a>");
        let run = "<span class=\"address of-site\">chapter/time/#run=ping;seed=2</span>";
        assert!(notes.contains(run), "{notes}");
    }

    #[test]
    fn two_links_to_one_place_share_a_note() {
        let (text, notes) = noted(
            "<a href=\"https://x.org/\">a</a> <a href=\"https://y.org/\">b</a> <a href=\"https://x.org/\">c</a>",
        );
        assert_eq!(text.matches("data-note=\"1\"").count(), 2);
        assert_eq!(notes.matches("<li").count(), 2);
    }

    #[test]
    fn what_only_a_solution_links_to_comes_last_and_is_marked() {
        let exercise = Segment::Exercise(Exercise {
            id: "e".to_owned(),
            task: html(""),
            solution: html("<a href=\"https://solved.org/\">s</a>"),
        });
        let text = Segment::Html(html("<a href=\"https://later.org/\">t</a>"));
        let mut chapters = [chapter("time", 2, vec![exercise, text])];
        add_notes(&mut chapters, &[]);
        let notes = chapters[0].notes.0.clone().unwrap();
        assert!(
            notes.contains(
                "<li value=\"1\" class=\"note\"><span class=\"address\">https://later.org/"
            ),
            "{notes}"
        );
        assert!(
            notes.contains("<li value=\"2\" class=\"note note-solution\">"),
            "{notes}"
        );
    }
}
