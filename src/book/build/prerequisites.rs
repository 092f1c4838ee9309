//! What one has to understand before a concept: `[builds_on]` of the chapters.

use super::{desk::Desk, front_matter::Draft, nearest::hint, passage::Passage};
use std::collections::{BTreeMap, BTreeSet};

/// For each concept those that it builds on, as far as they are known.
pub(super) type Prerequisites = BTreeMap<String, Vec<String>>;

/// Collects what the chapters say. Unknown names and circles are problems.
pub(super) fn collect<'a>(desk: &Desk<'a>, drafts: &[Draft<'a>]) -> Prerequisites {
    let mut all = Prerequisites::new();
    for draft in drafts {
        for (concept, first) in &draft.front.builds_on {
            check_own(desk, draft, concept);
            let known = first.iter().filter(|first| is_known(desk, first));
            let known = known.map(|first| first.text().to_owned());
            let known: Vec<String> = known.collect();
            if let Some(circle) = known
                .iter()
                .find(|first| leads_to(&all, first, concept.text()))
            {
                let what = format!("`{}` and `{circle}` build on each other", concept.text());
                let fix = "name only what one has to understand first";
                desk.problems.report(concept.start(), what, fix);
                continue;
            }
            all.insert(concept.text().to_owned(), known);
        }
    }
    all
}

fn check_own<'a>(desk: &Desk<'a>, draft: &Draft<'a>, concept: &Passage<'a>) {
    let own: Vec<&str> = draft.front.concepts.iter().map(Passage::text).collect();
    if !own.contains(&concept.text()) {
        let what = format!(
            "the chapter does not treat the concept `{}`",
            concept.text()
        );
        let fix = hint("its concepts", concept.text(), &own);
        desk.problems.report(concept.start(), what, fix);
    }
}

fn is_known<'a>(desk: &Desk<'a>, concept: &Passage<'a>) -> bool {
    let Some(treated) = &desk.concepts else {
        return false;
    };
    let name = concept.text();
    let known = treated.contains_key(name) || desk.syllabus.has(name);
    if !known {
        let planned = desk.syllabus.concepts().map(|(name, _)| name);
        let known: Vec<&str> = planned.chain(treated.keys().map(String::as_str)).collect();
        let what = format!("unknown concept `{name}`");
        desk.problems
            .report(concept.start(), what, hint("concepts", name, &known));
    }
    known
}

/// Whether one comes from `from`, by what it builds on, to `to`.
fn leads_to(all: &Prerequisites, from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen = BTreeSet::new();
    while let Some(concept) = open.pop() {
        if concept == to {
            return true;
        }
        if seen.insert(concept) {
            open.extend(all.get(concept).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
