//! The formula sheet: every formula of the chapters, in their order.

use super::super::{
    fence::Fence, formulas::Formula, html::escape, html::escape_address, pages::Whole,
    sources::label, writer::Writer,
};
use crate::book::Heading;

/// Writes a section for each chapter that has formulas.
pub(super) fn write<'a>(writer: &mut Writer<'a>, whole: &Whole<'_>, fence: &Fence<'a>) -> String {
    let mut html = String::new();
    for chapter in whole.chapters {
        let slug = &chapter.card.slug;
        let own = |formula: &&Formula| formula.chapter == *slug;
        let formulas: Vec<&Formula> = whole.formulas.iter().filter(own).collect();
        if formulas.is_empty() {
            continue;
        }
        writer.anchor(slug, fence.place);
        writer.outline.push(Heading {
            level: 2,
            id: slug.clone(),
            text: chapter.card.title.clone(),
        });
        let title = escape(&chapter.card.title);
        html.push_str(&format!(
            "<h2 id=\"{slug}\"><a class=\"anchor\" href=\"{}#{slug}\">{title}</a></h2>\n",
            writer.address
        ));
        for formula in formulas {
            writer.anchor(&formula.id, fence.place);
            html.push_str(&section(writer, formula));
        }
    }
    html
}

fn section(writer: &Writer<'_>, formula: &Formula) -> String {
    let variables = formula.variables.iter();
    let variables: String = variables
        .map(|(sign, meaning)| format!("<dt>{sign}</dt><dd>{meaning}</dd>\n"))
        .collect();
    let listed = writer.desk.sources.as_ref();
    let source = formula.source.as_ref().zip(listed);
    let source = source.and_then(|(key, listed)| listed.get(key));
    let source = source.map_or_else(String::new, |listed| {
        format!(
            " From <a href=\"{}\" rel=\"noopener\">{}</a>.",
            escape_address(&listed.source.url),
            escape(&label(&listed.source))
        )
    });
    format!(
        "<section class=\"formula\" id=\"{id}\">\n\
         <h3><a class=\"anchor\" href=\"{page}#{id}\">{title}</a></h3>\n\
         <div class=\"formula-math\">{math}</div>\n<p>{says}</p>\n\
         <dl class=\"formula-variables\">\n{variables}</dl>\n\
         <p><strong>For example:</strong> {example}</p>\n\
         <p class=\"muted\"><a href=\"chapter/{chapter}/#{concept}\" aria-label=\"Where it is explained: {title}\">Where it is explained</a>.{source}</p>\n\
         </section>\n",
        id = formula.id,
        page = writer.address,
        title = escape(&formula.title),
        math = formula.math,
        says = formula.says,
        example = formula.example,
        chapter = formula.chapter,
        concept = formula.concept,
    )
}
