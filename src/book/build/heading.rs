//! Headings: each is a link to itself and an entry of the outline.

use super::{
    flow::{Close, Flow, Kind},
    html::kebab,
};
use crate::book::Heading;
use pulldown_cmark::HeadingLevel;
use std::ops::Range;

impl Flow<'_, '_, '_> {
    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        is_plain: bool,
        range: &Range<usize>,
    ) {
        if self.kind != Kind::Chapter || !self.open.is_empty() {
            let fix = "write a bold line instead: headings belong to the chapter's own text";
            self.report(range, "a heading may not stand here", fix);
            return self.element("<p><strong>", "</strong></p>\n");
        }
        if !is_plain {
            let what = "a heading may have an id and nothing else";
            self.report(range, what, "write only `{#id}` after it");
        }
        let level = self.heading_level(level, range);
        if level == 2 {
            self.flush();
        }
        let words = self.plain(self.at..self.end_of_element());
        let id = id.map_or_else(|| kebab(&words), str::to_owned);
        if id.is_empty() {
            let fix = "write words, or give it an id: `## … {#id}`";
            self.report(range, "the heading has no words for an id", fix);
        } else {
            self.writer.anchor(&id, self.place(range));
        }
        let address = &self.writer.address;
        self.html.push_str(&format!(
            "<h{level} id=\"{id}\"><a class=\"anchor\" href=\"{address}#{id}\">"
        ));
        self.open.push(Close::Heading(match level {
            2 => "</a></h2>\n",
            3 => "</a></h3>\n",
            _ => "</a></h4>\n",
        }));
        self.writer.outline.push(Heading {
            level,
            id,
            text: words,
        });
    }

    /// The level to write, 2 to 4.
    fn heading_level(&mut self, level: HeadingLevel, range: &Range<usize>) -> u8 {
        let level = level as u8;
        if level == 1 {
            let what = "the page has one `#` heading already, the chapter's title";
            self.report(range, what, "begin with `##`");
        } else if level > 4 {
            let what = "headings go no deeper than `####`";
            self.report(range, what, "write a bold line instead");
        } else if level > self.level + 1 {
            let wanted = "#".repeat(usize::from(self.level + 1));
            let what = format!("the heading skips a level: `{wanted}` should come next");
            self.report(range, what, &format!("write it with `{wanted}`"));
        }
        self.level = level.clamp(2, 4);
        self.level
    }
}
