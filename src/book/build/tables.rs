//! Tables: in a region that scrolls on its own on a narrow screen.

use super::{flow::Flow, html::escape};
use pulldown_cmark::{Alignment, Event, TagEnd};

/// Where in a table the writing is.
#[derive(Debug, Default)]
pub(super) struct Columns {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Flow<'_, '_, '_> {
    pub(super) fn table(&mut self, alignments: Vec<Alignment>) {
        let label = escape(&self.table_label()).into_owned();
        self.columns = Columns {
            alignments,
            ..Columns::default()
        };
        let start = format!(
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table: {label}\">\
             <table>\n"
        );
        self.element(&start, "</tbody>\n</table></div>\n");
    }

    pub(super) fn table_head(&mut self) {
        self.columns.in_head = true;
        self.columns.column = 0;
        self.element("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn table_row(&mut self) {
        self.columns.in_head = false;
        self.columns.column = 0;
        self.element("<tr>", "</tr>\n");
    }

    pub(super) fn table_cell(&mut self) {
        let alignment = self.columns.alignments.get(self.columns.column);
        let class = match alignment {
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        self.columns.column += 1;
        let is_empty = self.end_of_element() == self.at;
        if self.columns.in_head && !is_empty {
            self.element(&format!("<th scope=\"col\"{class}>"), "</th>");
        } else {
            self.element(&format!("<td{class}>"), "</td>");
        }
    }

    /// The heads of the columns, one after the other.
    fn table_label(&self) -> String {
        let mut heads = Vec::new();
        let mut from = self.at;
        for (at, (event, _)) in self.events.iter().enumerate().skip(self.at) {
            match event {
                Event::End(TagEnd::TableCell) => {
                    heads.push(self.plain(from..at));
                    from = at;
                }
                Event::End(TagEnd::TableHead) => break,
                _ => {}
            }
        }
        heads.retain(|head| !head.is_empty());
        heads.join(", ")
    }
}
