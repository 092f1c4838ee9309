//! Fenced blocks: code, and the active blocks of a chapter.

use super::{
    blocks,
    code::{LANGUAGES, highlight},
    flow::{Flow, Kind},
    inserts,
    nearest::hint,
    passage::{Passage, Place},
};
use pulldown_cmark::{CodeBlockKind, Event};
use std::ops::Range;

/// The kinds of active blocks.
const ACTIVE: [&str; 4] = ["exercise", "lab", "predict", "quiz"];

/// The kinds of blocks that a page beside the chapters may hold.
const INSERTS: [&str; 5] = ["concept-map", "designs", "formulas", "path", "sources"];

/// An active block as it was found.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    /// `lab`, `quiz`, `predict` or `exercise`.
    pub(super) kind: String,
    /// What stands after the kind.
    pub(super) id: String,
    /// Where the fence begins.
    pub(super) place: Place<'a>,
    pub(super) body: Passage<'a>,
}

impl<'a> Flow<'_, 'a, '_> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        let (code, lines) = self.code();
        let CodeBlockKind::Fenced(info) = kind else {
            let fix = "fence it with a language (```text), or take the indent away";
            return self.report(range, "code is marked by indenting it", fix);
        };
        let mut words = info.split_whitespace();
        let kind = words.next().unwrap_or_default();
        if ACTIVE.contains(&kind) || INSERTS.contains(&kind) {
            let id = words.collect::<Vec<_>>().join(" ");
            let end = lines.last().map_or(range.end, |last| last.end);
            let fence = Fence {
                kind: kind.to_owned(),
                id,
                place: self.place(range),
                body: self.passage.join(&lines, end),
            };
            return self.active(&fence);
        }
        if kind.is_empty() {
            let fix = "name it after the fence; for no language at all `text`";
            self.report(range, "the code has no language", fix);
        } else if !LANGUAGES.contains(&kind) {
            let blocks = match self.writer.whole {
                None => &ACTIVE[..],
                Some(_) => &INSERTS[..],
            };
            let known = [blocks, &LANGUAGES[..]].concat();
            let what = format!("unknown language or block `{kind}`");
            self.report(range, what, &hint("languages and blocks", kind, &known));
        }
        self.html.push_str(&format!(
            "<pre class=\"code\" tabindex=\"0\"><code class=\"language-{}\">{}</code></pre>\n",
            if LANGUAGES.contains(&kind) {
                kind
            } else {
                "text"
            },
            highlight(kind, &code)
        ));
    }

    /// The text of the code block that has just begun, with the ranges of its lines; leaves it.
    fn code(&mut self) -> (String, Vec<Range<usize>>) {
        let end = self.end_of_element();
        let mut code = String::new();
        let mut lines = Vec::new();
        for (event, range) in self.events.get(self.at..end).unwrap_or_default() {
            if let Event::Text(text) = event {
                code.push_str(text);
                lines.push(range.clone());
            }
        }
        self.at = end + 1;
        (code, lines)
    }

    fn active(&mut self, fence: &Fence<'a>) {
        let is_insert = INSERTS.contains(&fence.kind.as_str());
        let fits = is_insert == self.writer.whole.is_some();
        if self.kind != Kind::Chapter || !self.open.is_empty() || !fits {
            let what = format!("a block of kind `{}` may not stand here", fence.kind);
            let fix = match is_insert {
                true => "put it into the own text of a page in content/pages/",
                false => "put it into the chapter's own text, outside of lists and quotes",
            };
            return self.writer.report(fence.place, what, fix);
        }
        if let Some(whole) = self.writer.whole {
            let html = inserts::write(self.writer, whole, fence);
            return self.html.push_str(&html);
        }
        if fence.id.is_empty() || fence.id.contains(' ') {
            let what = format!("the block of kind `{}` needs one name", fence.kind);
            let fix = format!("write it after the kind: ```{} some-name", fence.kind);
            return self.writer.report(fence.place, what, fix);
        }
        self.flush();
        let segment = blocks::read(self.writer, fence);
        self.segments.extend(segment);
    }
}
