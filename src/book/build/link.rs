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
        if let Some(concept) = text.strip_prefix("concept:") {
            return self.concept_link(concept, target);
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

    /// To where the concept is defined; nowhere as long as that chapter is not written.
    fn concept_link(&self, concept: &str, target: &Passage<'a>) -> String {
        let Some(concepts) = &self.desk.concepts else {
            return String::new();
        };
        if let Some(home) = concepts.get(concept) {
            return term_link(home.chapter, concept);
        }
        if !self.desk.syllabus.has(concept) {
            let planned = self.desk.syllabus.concepts().map(|(name, _)| name);
            let mut known: Vec<&str> = planned.collect();
            known.extend(concepts.keys().map(String::as_str));
            let what = format!("there is no concept `{concept}`");
            self.refuse_link(target, &what, &hint("concepts", concept, &known));
        }
        String::new()
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
        let fix = "use https://…, lab:…, concept:…, a chapter's file \
                   (`time-and-clocks.md#anchor`) or #anchor";
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
        let is_page = self.desk.pages.contains(slug);
        if !is_page && !self.desk.chapters.contains_key(slug) {
            let known: Vec<&str> = self.desk.chapters.keys().copied().collect();
            let what = format!("there is no chapter `{slug}`");
            self.refuse_link(target, &what, &hint("chapters", slug, &known));
            return String::new();
        }
        let mut address = match is_page {
            true => format!("{slug}/"),
            false => format!("chapter/{slug}/"),
        };
        if let Some(anchor) = anchor {
            address = format!("{address}#{}", escape_address(anchor));
            self.record.links.push(Link {
                chapter: slug.to_owned(),
                anchor: anchor.to_owned(),
                place: target.start(),
            });
            let concepts = self.desk.concepts.as_ref();
            let home = concepts.and_then(|concepts| concepts.get(anchor));
            if home.is_some_and(|home| home.chapter == slug) {
                return term_link(slug, anchor);
            }
        }
        format!(" href=\"{address}\"")
    }

    fn refuse_link(&self, target: &Passage<'a>, what: &str, fix: &str) {
        self.desk.problems.report(target.start(), what, fix);
    }
}

/// A link to a term, which the page shows with its glossary entry.
fn term_link(chapter: &str, concept: &str) -> String {
    format!(" href=\"chapter/{chapter}/#{concept}\" class=\"term\"")
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
