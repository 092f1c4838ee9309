//! A chapter's formulas: its part of the book's formula sheet.

use super::{
    nearest::hint,
    passage::{File, Passage},
    table::{Document, Table},
    writer::Writer,
};

/// A formula, its texts finished.
#[derive(Clone, Debug, Default)]
pub(super) struct Formula {
    /// Its name on the sheet.
    pub(super) id: String,
    /// What it is called, plain text.
    pub(super) title: String,
    /// The formula, as MathML.
    pub(super) math: String,
    /// What it gives (inline).
    pub(super) says: String,
    /// Its variables: MathML, and what each means, with its unit (inline).
    pub(super) variables: Vec<(String, String)>,
    /// An example with numbers (inline).
    pub(super) example: String,
    /// The concept of the chapter that it belongs to.
    pub(super) concept: String,
    /// The key of the source it comes from.
    pub(super) source: Option<String>,
    /// The slug of the chapter.
    pub(super) chapter: String,
}

/// Reads the formulas of the chapter that is being written.
pub(super) fn read<'a>(writer: &mut Writer<'a>, file: &'a File) -> Vec<Formula> {
    let problems = writer.desk.problems;
    let text = Passage::whole(file);
    let Some(document) = Document::parse(&text, "the list of formulas", problems) else {
        writer.record.is_whole = false;
        return Vec::new();
    };
    let mut table = document.table("the list of formulas", text.start());
    let tables = table.tables("formula", problems);
    table.finish(problems);
    let formulas = tables.into_iter().map(|table| formula(writer, table));
    formulas.flatten().collect()
}

fn formula<'a>(writer: &mut Writer<'a>, mut table: Table<'_, 'a>) -> Option<Formula> {
    let problems = writer.desk.problems;
    let [id, title, tex, says, example, concept] =
        ["id", "title", "tex", "says", "example", "concept"].map(|key| table.text(key, problems));
    let variables = table.pairs("variables", problems);
    let source = table.text_if("source", problems);
    table.finish(problems);
    let (id, title, tex, concept) = (id?, title?, tex?, concept?);
    writer
        .record
        .formulas
        .push((id.text().to_owned(), id.start()));
    check_concept(writer, &concept);
    if let Some(source) = &source {
        check_source(writer, source);
    }
    Some(Formula {
        id: id.text().to_owned(),
        title: title.text().to_owned(),
        math: writer.math(tex.text(), true, tex.start()),
        says: says.map_or_else(String::new, |says| writer.inline_html(&says)),
        variables: variables
            .iter()
            .map(|(sign, meaning)| {
                let math = writer.math(sign.text(), false, sign.start());
                (math, writer.inline_html(meaning))
            })
            .collect(),
        example: example.map_or_else(String::new, |example| writer.inline_html(&example)),
        concept: concept.text().to_owned(),
        source: source.map(|source| source.text().to_owned()),
        chapter: writer.slug.to_owned(),
    })
}

fn check_concept<'a>(writer: &Writer<'a>, concept: &Passage<'a>) {
    let Some(treated) = &writer.concepts else {
        return;
    };
    let name = concept.text();
    if !treated.iter().any(|treated| treated == name) {
        let what = format!("the chapter does not treat the concept `{name}`");
        writer.report(concept.start(), what, hint("its concepts", name, treated));
    }
}

/// Where a formula comes from is cited in its chapter.
fn check_source<'a>(writer: &Writer<'a>, source: &Passage<'a>) {
    let key = source.text();
    if !writer.record.cited.iter().any(|(cited, _)| cited == key) {
        let cited = writer.record.cited.iter().map(|(cited, _)| cited.as_str());
        let cited: Vec<&str> = cited.collect();
        let what = format!("the chapter does not cite the source `{key}`");
        writer.report(source.start(), what, hint("it cites", key, &cited));
    }
}
