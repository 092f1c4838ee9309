//! A chapter's question bank.

use super::{
    nearest::hint,
    passage::{File, Passage},
    table::{Document, Table},
    writer::Writer,
};
use crate::book::{Level, Markup, Question};

/// The levels as they are written.
const LEVELS: [(&str, Level); 3] = [
    ("foundation", Level::Foundation),
    ("senior", Level::Senior),
    ("staff", Level::Staff),
];

/// Reads the bank of the chapter that is being written.
pub(super) fn read<'a>(writer: &mut Writer<'a>, file: &'a File) -> Vec<Question> {
    let problems = writer.desk.problems;
    let text = Passage::whole(file);
    let Some(document) = Document::parse(&text, "the question bank", problems) else {
        writer.record.is_whole = false;
        return Vec::new();
    };
    let mut table = document.table("the question bank", text.start());
    let tables = table.tables("question", problems);
    table.finish(problems);
    let questions = tables.into_iter().map(|table| question(writer, table));
    questions.flatten().collect()
}

fn question<'a>(writer: &mut Writer<'a>, mut table: Table<'_, 'a>) -> Option<Question> {
    let problems = writer.desk.problems;
    let id = table.text("id", problems);
    let level = table.text("level", problems);
    let concepts = table.texts("concepts", problems);
    let [ask, short, full, mistakes] =
        ["ask", "short", "full", "mistakes"].map(|key| table.text(key, problems));
    let follow_ups = table.texts("follow_ups", problems);
    let proof = table.text_if("proof", problems);
    let place = table.place();
    table.finish(problems);

    if let Some(id) = &id {
        writer.item(id.text(), id.start());
    }
    check_concepts(writer, &concepts);
    if concepts.is_empty() {
        let fix = "name at least one of the chapter's concepts in `concepts`";
        writer.report(place, "the question is about no concept", fix);
    }
    if !(2..=3).contains(&follow_ups.len()) {
        let what = format!("the number of follow-ups is {}", follow_ups.len());
        writer.report(place, what, "write two or three, each harder");
    }
    Some(Question {
        id: id?.text().to_owned(),
        level: level.and_then(|level| read_level(writer, &level))?,
        concepts: concepts
            .iter()
            .map(|concept| concept.text().to_owned())
            .collect(),
        ask: writer.block_of(ask),
        short: writer.block_of(short),
        full: writer.block_of(full),
        mistakes: writer.block_of(mistakes),
        follow_ups: inline_all(writer, &follow_ups),
        proof: proof.and_then(|proof| writer.run_address(&proof)),
    })
}

fn inline_all<'a>(writer: &mut Writer<'a>, texts: &[Passage<'a>]) -> Vec<Markup> {
    texts.iter().map(|text| writer.inline(text)).collect()
}

fn read_level<'a>(writer: &Writer<'a>, level: &Passage<'a>) -> Option<Level> {
    let name = level.text();
    let known = LEVELS.iter().find(|(known, _)| *known == name);
    if known.is_none() {
        let names = LEVELS.map(|(name, _)| name);
        let what = format!("unknown level `{name}`");
        writer.report(level.start(), what, hint("levels", name, &names));
    }
    known.map(|(_, level)| *level)
}

fn check_concepts<'a>(writer: &mut Writer<'a>, concepts: &[Passage<'a>]) {
    for concept in concepts {
        let name = concept.text();
        writer.record.asked.insert(name.to_owned());
        let Some(known) = &writer.desk.concepts else {
            continue;
        };
        if !known.contains_key(name) {
            let known: Vec<&String> = known.keys().collect();
            let what = format!("unknown concept `{name}`");
            writer.report(concept.start(), what, hint("concepts", name, &known));
        }
    }
}
