//! What the page knows of a search: how far it is, what was asked, what was found.

use std::sync::Arc;

use leptos::prelude::*;

use super::SEARCH;
use crate::book::search::{Group, Report, Request};
use crate::kit::port::Port;

/// What is said when the worker itself could not be had.
const NO_WORKER: &str = "The search program could not be loaded: is the network there?";

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nobody has searched.
    Idle,
    /// What it needs is on its way.
    Coming,
    /// It answers.
    Here,
    /// It could not be loaded; the sentence says why.
    Failed(String),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// What was asked.
    pub(super) query: String,
    /// No place has all of the words.
    pub(super) is_partial: bool,
    /// The hits.
    pub(super) groups: Arc<Vec<Group>>,
}

impl Answer {
    /// How many hits there are, also those that are not shown.
    pub(super) fn total(&self) -> usize {
        self.groups.iter().map(|group| group.total).sum()
    }

    /// How many are shown.
    pub(super) fn shown(&self) -> usize {
        self.groups.iter().map(|group| group.hits.len()).sum()
    }

    /// What is said of it.
    pub(super) fn sentence(&self) -> String {
        let query = &self.query;
        match self.total() {
            0 => format!(
                "Nothing found for “{query}”: try fewer words, another spelling, or the beginning of a word."
            ),
            _ if self.is_partial => {
                "No place has all of these words; these have most of them.".to_owned()
            }
            1 => "1 place found.".to_owned(),
            total if total == self.shown() => format!("{total} places found."),
            total => format!(
                "{total} places found; the best {} are listed.",
                self.shown()
            ),
        }
    }
}

/// The search of a page. The worker is loaded when it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk {
    pub(super) phase: RwSignal<Phase>,
    /// The last answer; none while nothing is asked.
    pub(super) answer: RwSignal<Option<Answer>>,
    /// The reader wants the first hit of what is asked, as soon as it is there.
    wants_first: StoredValue<bool>,
    /// The address of the data file.
    data: StoredValue<String>,
    talk: StoredValue<Talk, LocalStorage>,
}

/// The conversation with the worker.
#[derive(Debug, Default)]
struct Talk {
    port: Option<Port>,
    /// It has said that it listens.
    listens: bool,
    /// The number of the last question, and the question.
    last: u32,
    query: String,
}

impl Desk {
    /// No search yet. `data` is the address of the data file, from the site's root.
    pub(super) fn new(data: String) -> Self {
        Self {
            phase: RwSignal::new(Phase::Idle),
            answer: RwSignal::new(None),
            wants_first: StoredValue::new(false),
            data: StoredValue::new(data),
            talk: StoredValue::new_local(Talk::default()),
        }
    }

    /// Loads what is needed, unless it is here or on its way; once more where it failed.
    pub(super) fn begin(self) {
        let is_due = self
            .phase
            .with_untracked(|phase| matches!(phase, Phase::Idle | Phase::Failed(_)));
        if !is_due {
            return;
        }
        self.phase.set(Phase::Coming);
        let listens = self.talk.try_with_value(|talk| talk.listens) == Some(true);
        if listens {
            self.load();
            return;
        }
        let port = Port::open(SEARCH, move |text| self.hear(text), move || self.lose());
        let is_there = port.is_some();
        self.talk.try_update_value(|talk| talk.port = port);
        if !is_there {
            self.lose();
        }
    }

    /// Whether the answer is one to what was asked last.
    pub(super) fn is_answered(self) -> bool {
        let asked = self.talk.try_with_value(|talk| talk.query.clone());
        let answered = self
            .answer
            .with_untracked(|answer| answer.as_ref().map(|answer| answer.query.clone()));
        answered == asked
    }

    /// The reader wants the first hit, which is still to come.
    pub(super) fn want_first(self) {
        let asks = self.talk.try_with_value(|talk| !talk.query.is_empty()) == Some(true);
        let has_failed = self
            .phase
            .with_untracked(|phase| matches!(phase, Phase::Failed(_)));
        self.wants_first.set_value(asks && !has_failed);
    }

    /// They no longer do; whether they did.
    pub(super) fn forget_first(self) -> bool {
        self.wants_first.try_update_value(std::mem::take) == Some(true)
    }

    /// Looks for what is typed; nothing is an answer to nothing.
    pub(super) fn ask(self, query: &str) {
        let query = query.trim();
        let request = self.talk.try_update_value(|talk| {
            talk.last = talk.last.wrapping_add(1);
            query.clone_into(&mut talk.query);
            Request::Find {
                id: talk.last,
                query: query.to_owned(),
            }
        });
        if query.is_empty() {
            self.answer.set(None);
        } else if let Some(request) = request
            && self.phase.with_untracked(|phase| *phase == Phase::Here)
        {
            self.send(&request);
        }
    }

    fn hear(self, text: &str) {
        match Report::read(text) {
            Some(Report::Ready) => {
                self.talk.try_update_value(|talk| talk.listens = true);
                self.load();
            }
            Some(Report::Loaded) => {
                self.phase.set(Phase::Here);
                // What was typed meanwhile.
                let query = self.talk.try_with_value(|talk| talk.query.clone());
                self.ask(&query.unwrap_or_default());
            }
            Some(Report::Failed(why)) => self.fail(why),
            Some(Report::Found {
                id,
                is_partial,
                groups,
            }) => {
                let asked = self
                    .talk
                    .try_with_value(|talk| (talk.last, talk.query.clone()));
                // A late answer to what is no longer asked is dropped.
                if let Some((_, query)) = asked.filter(|(last, _)| *last == id) {
                    self.answer.set(Some(Answer {
                        query,
                        is_partial,
                        groups: Arc::new(groups),
                    }));
                }
            }
            None => {}
        }
    }

    /// The worker could not be loaded, or broke.
    fn lose(self) {
        self.talk.try_update_value(|talk| {
            talk.port = None;
            talk.listens = false;
        });
        self.fail(NO_WORKER.to_owned());
    }

    fn fail(self, why: String) {
        self.forget_first();
        self.phase.set(Phase::Failed(why));
    }

    fn load(self) {
        self.send(&Request::Load(self.data.get_value()));
    }

    fn send(self, request: &Request) {
        self.talk.try_with_value(|talk| {
            if let Some(port) = &talk.port {
                port.send(&request.write());
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::search::{Hit, Kind};

    fn answer(total: usize, shown: usize, is_partial: bool) -> Answer {
        let hit = |number: usize| Hit {
            address: number.to_string(),
            title: Vec::new(),
            of: Vec::new(),
            sentence: Vec::new(),
            words: Vec::new(),
        };
        let group = Group {
            kind: Kind::Term,
            total,
            hits: (0..shown).map(hit).collect(),
        };
        Answer {
            query: "quorum".to_owned(),
            is_partial,
            groups: Arc::new(if total > 0 { vec![group] } else { Vec::new() }),
        }
    }

    fn check(total: usize, shown: usize, is_partial: bool, expected: &str) {
        let sentence = answer(total, shown, is_partial).sentence();
        assert!(sentence.starts_with(expected), "{sentence}");
    }

    #[test]
    fn an_answer_says_how_much_was_found() {
        check(0, 0, false, "Nothing found for “quorum”: try");
        check(1, 1, false, "1 place found.");
        check(4, 4, false, "4 places found.");
        check(40, 4, false, "40 places found; the best 4");
        check(40, 4, true, "No place has all");
    }
}
