//! A chapter without its prose: what hydration needs when the page holds the text already.

use super::model::{
    Bank, Chapter, Exercise, LabBlock, Markup, Page, Predict, PredictOption, Question,
    QuestionCard, Quiz, QuizOption, Segment,
};

/// Markup whose text stands in the page.
const ON_THE_PAGE: Markup = Markup(None);

impl Chapter {
    /// The same chapter with every [`Markup`] emptied. All that decides the structure of the
    /// page stays: ids, the number of options, which one is right.
    pub fn skeleton(&self) -> Self {
        Self {
            insight: ON_THE_PAGE,
            notes: ON_THE_PAGE,
            segments: self.segments.iter().map(Segment::skeleton).collect(),
            questions: self.questions.iter().map(Question::skeleton).collect(),
            ..self.clone()
        }
    }
}

impl Page {
    /// The same page without its text.
    pub fn skeleton(&self) -> Self {
        Self {
            text: ON_THE_PAGE,
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

impl Segment {
    fn skeleton(&self) -> Self {
        match self {
            Self::Html(_) => Self::Html(ON_THE_PAGE),
            Self::Lab(lab) => Self::Lab(lab.skeleton()),
            Self::Quiz(quiz) => Self::Quiz(quiz.skeleton()),
            Self::Predict(predict) => Self::Predict(predict.skeleton()),
            Self::Exercise(exercise) => Self::Exercise(exercise.skeleton()),
        }
    }
}

impl LabBlock {
    fn skeleton(&self) -> Self {
        Self {
            caption: ON_THE_PAGE,
            picture: ON_THE_PAGE,
            ..self.clone()
        }
    }
}

impl Quiz {
    fn skeleton(&self) -> Self {
        let bare = |option: &QuizOption| QuizOption {
            text: ON_THE_PAGE,
            right: option.right,
            why: ON_THE_PAGE,
        };
        Self {
            id: self.id.clone(),
            ask: ON_THE_PAGE,
            options: self.options.iter().map(bare).collect(),
        }
    }
}

impl Predict {
    fn skeleton(&self) -> Self {
        let bare = |option: &PredictOption| PredictOption {
            text: ON_THE_PAGE,
            value: option.value,
        };
        Self {
            ask: ON_THE_PAGE,
            options: self.options.iter().map(bare).collect(),
            explain: ON_THE_PAGE,
            ..self.clone()
        }
    }
}

impl Exercise {
    fn skeleton(&self) -> Self {
        Self {
            id: self.id.clone(),
            task: ON_THE_PAGE,
            solution: ON_THE_PAGE,
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
    use crate::book::{ChapterCard, Level};

    fn prose() -> Markup {
        Markup(Some("<p>Some prose.</p>".into()))
    }

    fn chapter() -> Chapter {
        let quiz = Quiz {
            id: "skewed-logs".into(),
            ask: prose(),
            options: vec![QuizOption {
                text: prose(),
                right: true,
                why: prose(),
            }],
        };
        let predict = Predict {
            id: "who-wins".into(),
            ask: prose(),
            lab: "clock-skew".into(),
            run: "scenario=fast-clock".into(),
            address: "chapter/time/#run=clock-skew;scenario=fast-clock".into(),
            probe: "final-value".into(),
            options: vec![PredictOption {
                text: prose(),
                value: 1,
            }],
            explain: prose(),
        };
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
            insight: prose(),
            notes: prose(),
            segments: vec![
                Segment::Html(prose()),
                Segment::Lab(LabBlock {
                    lab: "clock-skew".into(),
                    run: "scenario=fast-clock".into(),
                    caption: prose(),
                    picture: prose(),
                }),
                Segment::Quiz(quiz),
                Segment::Predict(predict),
                Segment::Exercise(Exercise {
                    id: "two-log-lines".into(),
                    task: prose(),
                    solution: prose(),
                }),
            ],
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
    fn a_skeleton_keeps_what_decides_the_structure() {
        let json = serde_json::to_string(&chapter()).unwrap();
        let emptied = json.replace("\"<p>Some prose.</p>\"", "null");
        let skeleton = serde_json::to_string(&chapter().skeleton()).unwrap();
        assert_eq!(skeleton, emptied);
    }

    #[test]
    fn a_skeleton_of_a_skeleton_is_the_same() {
        let once = chapter().skeleton();
        assert_eq!(once.skeleton(), once);
    }
}
