//! Pages without their prose: what hydration needs when the page holds the text already.

use super::model::{Bank, Chapter, ChapterCard, Contents, Markup, Page, Question, QuestionCard};

/// Markup whose text stands in the page.
const ON_THE_PAGE: Markup = Markup(None);

impl Chapter {
    /// The same chapter without its text and its outline: what stands around them stays.
    pub fn skeleton(&self) -> Self {
        Self {
            card: self.card.skeleton(),
            insight: ON_THE_PAGE,
            notes: ON_THE_PAGE,
            outline: Vec::new(),
            segments: Vec::new(),
            questions: Vec::new(),
            sources: Vec::new(),
            ..self.clone()
        }
    }
}

impl ChapterCard {
    fn skeleton(&self) -> Self {
        Self {
            description: String::new(),
            ..self.clone()
        }
    }
}

impl Contents {
    /// The same without what only search engines read.
    pub fn skeleton(&self) -> Self {
        Self {
            chapters: self.chapters.iter().map(ChapterCard::skeleton).collect(),
            ..self.clone()
        }
    }
}

impl Page {
    /// The same page without its text.
    pub fn skeleton(&self) -> Self {
        Self {
            text: ON_THE_PAGE,
            sources: Vec::new(),
            ..self.clone()
        }
    }
}

impl Bank {
    /// The same without its text.
    pub fn skeleton(&self) -> Self {
        Self {
            questions: self.questions.iter().map(QuestionCard::skeleton).collect(),
            terms: self.terms.clone(),
        }
    }
}

impl QuestionCard {
    /// The same without its text.
    pub fn skeleton(&self) -> Self {
        Self {
            ask: ON_THE_PAGE,
            ..self.clone()
        }
    }
}

impl Question {
    /// The same without its texts.
    pub fn skeleton(&self) -> Self {
        Self {
            ask: ON_THE_PAGE,
            short: ON_THE_PAGE,
            full: ON_THE_PAGE,
            mistakes: ON_THE_PAGE,
            follow_ups: self.follow_ups.iter().map(|_| ON_THE_PAGE).collect(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{ChapterCard, Level, Need, Segment};

    fn prose() -> Markup {
        Markup(Some("<p>Some prose.</p>".into()))
    }

    fn chapter() -> Chapter {
        let question = Question {
            id: "gone-comment".into(),
            level: Level::Senior,
            concepts: vec!["clock-skew".into()],
            ask: prose(),
            short: prose(),
            full: prose(),
            mistakes: prose(),
            follow_ups: vec![prose(), prose()],
            proof: Some("chapter/time-and-clocks/#run=clock-skew".into()),
        };
        Chapter {
            card: ChapterCard {
                title: "Time".into(),
                ..ChapterCard::default()
            },
            needs: vec![Need {
                slug: "words".into(),
                title: Some("Words".into()),
            }],
            insight: prose(),
            notes: prose(),
            segments: vec![Segment::Html(prose())],
            questions: vec![question],
            ..Chapter::default()
        }
    }

    #[test]
    fn a_skeleton_holds_no_prose() {
        let json = serde_json::to_string(&chapter().skeleton()).unwrap();
        assert!(!json.contains("prose"), "{json}");
    }

    #[test]
    fn a_skeleton_keeps_what_stands_around_the_text() {
        let (chapter, skeleton) = (chapter(), chapter().skeleton());
        assert_eq!(skeleton.card, chapter.card);
        assert_eq!(skeleton.needs, chapter.needs);
    }

    #[test]
    fn a_skeleton_of_a_skeleton_is_the_same() {
        let once = chapter().skeleton();
        assert_eq!(once.skeleton(), once);
    }
}
