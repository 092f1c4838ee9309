//! The table "when you design X you need Y".

use super::super::{
    html::escape, nearest::hint, pages::Whole, passage::Passage, table::Table, writer::Writer,
};

/// Writes a row for each `[[design]]`: what is designed, the concepts it needs, and why.
pub(super) fn write<'a>(
    writer: &mut Writer<'a>,
    whole: &Whole<'_>,
    mut table: Table<'_, 'a>,
) -> String {
    let problems = writer.desk.problems;
    let mut rows = String::new();
    for mut design in table.tables("design", problems) {
        let name = design.text("name", problems);
        let needs = design.texts("needs", problems);
        let because = design.text("because", problems);
        design.finish(problems);
        let (Some(name), Some(because)) = (name, because) else {
            continue;
        };
        let links: Vec<String> = needs
            .iter()
            .filter_map(|need| link(writer, whole, need))
            .collect();
        let (name, because) = (writer.inline_html(&name), writer.inline_html(&because));
        rows.push_str(&format!(
            "<tr><th scope=\"row\">{name}</th><td>{}</td><td>{because}</td></tr>\n",
            links.join(", ")
        ));
    }
    table.finish(problems);
    format!(
        "<div class=\"table\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Table: when you design, you need, because\"><table>\n<thead>\n<tr>\
         <th scope=\"col\">When you design</th><th scope=\"col\">you need</th>\
         <th scope=\"col\">because</th></tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// A link to a concept; nothing while its chapter is not written.
fn link<'a>(writer: &Writer<'a>, whole: &Whole<'_>, concept: &Passage<'a>) -> Option<String> {
    let name = concept.text();
    if let Some(entry) = whole.glossary.iter().find(|entry| entry.id == name) {
        return Some(format!(
            "<a class=\"term\" href=\"chapter/{}/#{name}\">{}</a>",
            entry.chapter,
            escape(&entry.term)
        ));
    }
    if !writer.desk.syllabus.has(name) {
        let known: Vec<&str> = whole.glossary.iter().map(|e| e.id.as_str()).collect();
        let what = format!("unknown concept `{name}`");
        writer.report(concept.start(), what, hint("concepts", name, &known));
    }
    None
}
