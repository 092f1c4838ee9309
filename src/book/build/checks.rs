//! The checks that need the whole book: links, concepts, ids, what nobody uses.

use super::{
    desk::Desk,
    front_matter::Draft,
    nearest::hint,
    passage::{File, Place},
    record::Record,
};
use std::collections::{BTreeMap, BTreeSet};

/// Runs them all.
pub(super) fn run<'a>(
    desk: &Desk<'a>,
    drafts: &[Draft<'a>],
    records: &[Record<'a>],
    files: &BTreeMap<&'a str, File>,
) {
    links(desk, records);
    items(desk, records);
    formulas(desk, records);
    concepts(desk, drafts, records);
    syllabus(desk, drafts);
    if records.iter().all(|record| record.is_whole) {
        questions(desk, drafts, records);
        sources(desk, records);
        figures(desk, records, files);
    }
}

/// Every link to an anchor finds it.
fn links(desk: &Desk<'_>, records: &[Record<'_>]) {
    for link in records.iter().flat_map(|record| &record.links) {
        let target = records.iter().find(|record| record.slug == link.chapter);
        let Some(target) = target.filter(|target| target.is_whole) else {
            continue;
        };
        let source = link.anchor.strip_prefix("source-");
        let is_source =
            source.is_some_and(|key| target.cited.iter().any(|(cited, _)| cited == key));
        if !is_source && !target.anchors.contains_key(&link.anchor) {
            let what = format!(
                "the chapter `{}` has no anchor `{}`",
                link.chapter, link.anchor
            );
            let known: Vec<&String> = target.anchors.keys().collect();
            desk.problems
                .report(link.place, what, hint("its anchors", &link.anchor, &known));
        }
    }
}

/// The ids under which answers are kept are unique in the book.
fn items(desk: &Desk<'_>, records: &[Record<'_>]) {
    let mut seen: BTreeMap<&str, (&str, Place<'_>)> = BTreeMap::new();
    for record in records {
        for (id, place) in &record.items {
            match seen.get(id.as_str()) {
                Some((slug, first)) if *slug != record.slug => {
                    let what = format!("the id `{id}` is used in two chapters");
                    let fix = format!("choose another; the first is at {}", first.cite());
                    desk.problems.report(*place, what, fix);
                }
                Some(_) => {}
                None => {
                    seen.insert(id, (record.slug, *place));
                }
            }
        }
    }
}

/// The names of formulas are unique in the book.
fn formulas(desk: &Desk<'_>, records: &[Record<'_>]) {
    let mut seen: BTreeMap<&str, Place<'_>> = BTreeMap::new();
    for (id, place) in records.iter().flat_map(|record| &record.formulas) {
        if let Some(first) = seen.insert(id, *place) {
            let what = format!("the formula `{id}` is listed twice");
            let fix = format!("choose another name; the first is at {}", first.cite());
            desk.problems.report(*place, what, fix);
        }
    }
}

/// Every concept that a chapter lists is defined in it.
fn concepts(desk: &Desk<'_>, drafts: &[Draft<'_>], records: &[Record<'_>]) {
    for (draft, record) in drafts.iter().zip(records).filter(|(_, r)| r.is_whole) {
        for concept in &draft.front.concepts {
            let name = concept.text();
            if !record.defined.contains_key(name) {
                let what = format!("the concept `{name}` is not defined in the chapter");
                let fix = format!("define it: `> [!define {name}]`, or take it out of `concepts`");
                desk.problems.report(concept.start(), what, fix);
            }
        }
    }
}

/// A chapter that is written treats every concept that the syllabus gives it.
fn syllabus(desk: &Desk<'_>, drafts: &[Draft<'_>]) {
    for (concept, planned) in desk.syllabus.concepts().filter(|(_, c)| !c.is_coming) {
        let mut drafts = drafts.iter().filter(|draft| draft.front.is_read);
        let Some(draft) = drafts.find(|draft| draft.slug == planned.chapter) else {
            continue;
        };
        let mut treated = draft.front.concepts.iter();
        if !treated.any(|treated| treated.text() == concept) {
            let chapter = draft.slug;
            let what = format!("the chapter `{chapter}` does not treat the concept `{concept}`");
            let fix = format!("add it to `concepts` in content/chapters/{chapter}.md");
            desk.problems.report(planned.place, what, fix);
        }
    }
}

/// Every concept is asked about somewhere.
fn questions(desk: &Desk<'_>, drafts: &[Draft<'_>], records: &[Record<'_>]) {
    let asked = records.iter().flat_map(|record| &record.asked);
    let asked: BTreeSet<&str> = asked.map(String::as_str).collect();
    for draft in drafts {
        let concepts = draft.front.concepts.iter();
        for concept in concepts.filter(|concept| !asked.contains(concept.text())) {
            let what = format!("no question asks about the concept `{}`", concept.text());
            let fix = format!("write one in content/questions/{}.toml", draft.slug);
            desk.problems.report(concept.start(), what, fix);
        }
    }
}

/// Every source is cited somewhere.
fn sources(desk: &Desk<'_>, records: &[Record<'_>]) {
    let cited = records.iter().flat_map(|record| &record.cited);
    let mut cited: BTreeSet<&str> = cited.map(|(key, _)| key.as_str()).collect();
    cited.extend(records.iter().flat_map(|r| &r.listed).map(String::as_str));
    for (key, listed) in desk.sources.iter().flatten() {
        if !cited.contains(key.as_str()) {
            let what = format!("the source `{key}` is never cited");
            let fix = format!("cite it where it is used, `[^{key}]`, or take it out");
            desk.problems.report(listed.place, what, fix);
        }
    }
}

/// Every figure is shown somewhere.
fn figures<'a>(desk: &Desk<'a>, records: &[Record<'a>], files: &BTreeMap<&'a str, File>) {
    for name in desk.figures.keys() {
        let is_shown = records.iter().any(|record| record.figures.contains(*name));
        let file = files.get(format!("figures/{name}.svg").as_str());
        if let (false, Some(file)) = (is_shown, file) {
            let place = Place { file, offset: 0 };
            let what = format!("the figure `{name}` is never shown");
            desk.problems
                .report(place, what, "show it in a chapter, or delete it");
        }
    }
}
