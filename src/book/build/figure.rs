//! Figures: an image alone in its paragraph, drawn into the page with its caption.

use super::{flow::Flow, html::escape, nearest::hint};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

impl Flow<'_, '_, '_> {
    /// Whether the paragraph that has just begun holds an image and nothing else.
    pub(super) fn is_figure_ahead(&self) -> bool {
        let is_image = |at: usize| {
            let event = self.events.get(at).map(|(event, _)| event);
            matches!(event, Some(Event::Start(Tag::Image { .. })))
        };
        let end = self.end_of_element();
        let before_end = end.checked_sub(1).and_then(|at| self.events.get(at));
        let ends_with_image = matches!(before_end, Some((Event::End(TagEnd::Image), _)));
        let is_start = |event: &Event<'_>| matches!(event, Event::Start(Tag::Image { .. }));
        let inside = self.events.get(self.at..end).unwrap_or_default();
        let images = inside.iter().filter(|(event, _)| is_start(event)).count();
        is_image(self.at) && ends_with_image && images == 1
    }

    /// Writes the figure and leaves its paragraph.
    pub(super) fn figure(&mut self) {
        let end = self.end_of_element();
        let alt = self.plain(self.at..end);
        let image = self.events.get(self.at).cloned();
        self.at = end + 1;
        let Some((
            Event::Start(Tag::Image {
                dest_url, title, ..
            }),
            range,
        )) = image
        else {
            return;
        };
        if alt.is_empty() {
            let fix =
                "say between the brackets what the figure says: `![n2's clock is 50 ms …](…)`";
            self.report(
                &range,
                "the figure has no text for those who cannot see it",
                fix,
            );
        }
        if title.trim().is_empty() {
            let fix = "write it after the file: `(figures/x.svg \"Caption\")`";
            self.report(&range, "the figure has no caption", fix);
        }
        let caption = self.find(&title, &range);
        let caption = self.writer.inline_html(&caption);
        let svg = self.drawing(&dest_url, &range);
        self.html.push_str(&format!(
            "<figure class=\"figure\"><div role=\"img\" aria-label=\"{}\">{svg}</div>\
             <figcaption>{caption}</figcaption></figure>\n",
            escape(&alt)
        ));
    }

    fn drawing(&mut self, path: &str, range: &Range<usize>) -> String {
        let name = path
            .strip_prefix("figures/")
            .and_then(|n| n.strip_suffix(".svg"));
        let desk = self.writer.desk;
        let place = self.find(path, range).start();
        let Some(name) = name else {
            let what = format!("`{path}` is no figure");
            let fix = "name a file of the folder: `figures/fast-clock.svg`";
            self.writer.report(place, what, fix);
            return String::new();
        };
        let Some(svg) = desk.figures.get(name) else {
            let known: Vec<&str> = desk.figures.keys().copied().collect();
            let what = format!("there is no figure `{name}`");
            self.writer
                .report(place, what, hint("figures", name, &known));
            return String::new();
        };
        if !self.writer.record.figures.insert(name.to_owned()) {
            let what = format!("the figure `{name}` stands twice in the chapter");
            self.writer
                .report(place, what, "refer to the first in words");
        }
        svg.clone()
    }
}
