//! Links: where they lead, and whether they lead anywhere.

use super::{
    html::escape_address, nearest::hint, passage::Passage, record::Link, run,
    sources::is_web_address, writer::Writer,
};

impl<'a> Writer<'a> {
    /// The attributes of `<a>` for a link's target, with a space before; empty if it leads
    /// nowhere, which is reported.
    pub(super) fn link(&mut self, target: &Passage<'a>) -> String {
        let text = target.text();
        if text.is_empty() {
            self.refuse_link(target, "the link has no target", "write where it leads");
            return String::new();
        }
        if text.starts_with("lab:") {
            return self.run_link(&target.slice("lab:".len()..text.len()));
        }
        if let Some(scheme) = scheme(text) {
            return self.web_link(target, scheme);
        }
        self.book_link(target)
    }

    /// The address of a run, for a link or a proof.
    pub(super) fn run_address(&mut self, run: &Passage<'a>) -> Option<String> {
        run::address(self.desk, self.slug, run)
    }

    fn run_link(&mut self, run: &Passage<'a>) -> String {
        let address = self.run_address(run);
        address.map_or_else(String::new, |address| {
            format!(" href=\"{address}\" class=\"run-link\"")
        })
    }

    fn web_link(&mut self, target: &Passage<'a>, scheme: &str) -> String {
        let text = target.text();
        if is_web_address(text) {
            return format!(" href=\"{}\" rel=\"noopener\"", escape_address(text));
        }
        let what = match scheme {
            "https" => format!("`{text}` is not an address"),
            _ => format!("a link may not lead to `{scheme}:`"),
        };
        let fix = "use https://…, lab:…, a chapter's file (`time-and-clocks.md#anchor`) or #anchor";
        self.refuse_link(target, &what, fix);
        String::new()
    }

    fn book_link(&mut self, target: &Passage<'a>) -> String {
        let text = target.text();
        let (file, anchor) = match text.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor)),
            None => (text, None),
        };
        let slug = match file.strip_suffix(".md") {
            _ if file.is_empty() => self.slug,
            Some(slug) => slug,
            None => {
                let what = format!("`{text}` leads nowhere");
                let fix = "link to a chapter's file (`time-and-clocks.md#anchor`), to an #anchor, \
                           to lab:… or to https://…";
                self.refuse_link(target, &what, fix);
                return String::new();
            }
        };
        if !self.desk.chapters.contains_key(slug) {
            let known: Vec<&str> = self.desk.chapters.keys().copied().collect();
            let what = format!("there is no chapter `{slug}`");
            self.refuse_link(target, &what, &hint("chapters", slug, &known));
            return String::new();
        }
        let mut address = format!("chapter/{slug}/");
        if let Some(anchor) = anchor {
            address = format!("{address}#{}", escape_address(anchor));
            self.record.links.push(Link {
                chapter: slug.to_owned(),
                anchor: anchor.to_owned(),
                place: target.start(),
            });
        }
        format!(" href=\"{address}\"")
    }

    fn refuse_link(&self, target: &Passage<'a>, what: &str, fix: &str) {
        self.desk.problems.report(target.start(), what, fix);
    }
}

/// What stands before the first colon, if it is the scheme of an address.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme.then_some(scheme)
}
