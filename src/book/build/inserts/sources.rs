//! A part of the reading list: sources in full, each with what to read it for.

use super::super::{
    html::escape, html::escape_address, nearest::hint, table::Table, writer::Writer,
};
use crate::book::Source;

/// Writes the sources that `keys` names, in its order.
pub(super) fn write(writer: &mut Writer<'_>, mut table: Table<'_, '_>) -> String {
    let problems = writer.desk.problems;
    let keys = table.texts("keys", problems);
    table.finish(problems);
    let Some(sources) = &writer.desk.sources else {
        return String::new();
    };
    let mut html = "<ul class=\"reading\">\n".to_owned();
    for key in keys {
        let Some(listed) = sources.get(key.text()) else {
            let known: Vec<&String> = sources.keys().collect();
            let what = format!("unknown source `{}`", key.text());
            writer.report(key.start(), what, hint("sources", key.text(), &known));
            continue;
        };
        writer.record.listed.insert(key.text().to_owned());
        html.push_str(&format!("<li>{}</li>\n", entry(&listed.source)));
    }
    html.push_str("</ul>\n");
    html
}

fn entry(source: &Source) -> String {
    format!(
        "{}: <a href=\"{}\" rel=\"noopener\"><cite>{}</cite></a>. {}, {}. \
         <span class=\"muted\">{}</span>",
        escape(&source.authors),
        escape_address(&source.url),
        escape(&source.title),
        escape(&source.place),
        source.year,
        escape(&source.read_for),
    )
}
