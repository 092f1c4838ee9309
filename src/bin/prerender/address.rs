//! Where the site will stand, if whoever builds it says so, and what then can be said in full
//! addresses: canonical links, previews, the site map.

use crate::document::escape;
use happens_before::pages::head::Head;

/// The environment variable that holds it: `SITE_ADDRESS=https://example.org/book/ make dist`.
const VARIABLE: &str = "SITE_ADDRESS";

/// The address of the site's root, with a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The address from the environment; none where none is given.
    ///
    /// # Errors
    /// A sentence when what is given is no address of a folder.
    pub fn from_environment() -> Result<Option<Self>, String> {
        match std::env::var(VARIABLE) {
            Ok(text) if !text.trim().is_empty() => Self::read(text.trim()).map(Some),
            _ => Ok(None),
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .unwrap_or_default();
        let plain = |letter: char| letter.is_ascii_graphic() && !"?#\"<>'&\\".contains(letter);
        if host.trim_matches('/').is_empty() || !host.chars().all(plain) {
            return Err(format!(
                "{VARIABLE} is {text:?}; it has to be the address of the site’s root, such as https://example.org/book/"
            ));
        }
        Ok(Self(format!("{}/", text.trim_end_matches('/'))))
    }

    /// The full address of a page or file.
    pub fn of(&self, path: &str) -> String {
        format!("{}{}", self.0, path.trim_start_matches('/'))
    }

    /// The site map: every page.
    pub fn site_map<'a>(&self, paths: impl Iterator<Item = &'a str>) -> String {
        let pages: String = paths
            .map(|path| format!("  <url><loc>{}</loc></url>\n", escape(&self.of(path))))
            .collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{pages}</urlset>\n"
        )
    }
}

/// `robots.txt`: everything may be read, and where the site map is.
pub fn robots(address: Option<&Address>) -> String {
    let map = address.map(|address| format!("\nSitemap: {}\n", address.of("sitemap.xml")));
    format!("User-agent: *\nAllow: /\n{}", map.unwrap_or_default())
}

/// What link previews read. Without an address of the site, the picture's is relative, as every
/// other address of the page is.
pub fn preview(head: &Head, card: &str, says: &str, address: Option<&Address>) -> String {
    let picture = address.map_or_else(|| card.to_owned(), |address| address.of(card));
    let kind = if head.path.starts_with("/chapter/") {
        "article"
    } else {
        "website"
    };
    let meta = |name: &str, content: &str| {
        let key = if name.starts_with("og:") {
            "property"
        } else {
            "name"
        };
        format!(
            "<meta {key}=\"{name}\" content=\"{}\" />\n    ",
            escape(content)
        )
    };
    let mut out = String::new();
    if let Some(address) = address {
        let page = address.of(&head.path);
        out += &format!(
            "<link rel=\"canonical\" href=\"{}\" />\n    ",
            escape(&page)
        );
        out += &meta("og:url", &page);
    }
    for (name, content) in [
        ("og:type", kind),
        ("og:site_name", happens_before::pages::head::BOOK),
        ("og:title", &head.title),
        ("og:description", &head.description),
        ("og:image", &picture),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", says),
        ("twitter:card", "summary_large_image"),
    ] {
        out += &meta(name, content);
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        Address::read("https://example.org/book").unwrap()
    }

    fn head() -> Head {
        Head {
            path: "/chapter/x/".to_owned(),
            title: "A \"<b>\" · Book".to_owned(),
            description: "What it is.".to_owned(),
        }
    }

    #[test]
    fn an_address_ends_with_one_slash_and_names_pages_below_it() {
        assert_eq!(
            address().of("/chapter/x/"),
            "https://example.org/book/chapter/x/"
        );
        assert_eq!(Address::read("http://a.b/").unwrap().of("/"), "http://a.b/");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "example.org",
            "https://",
            "ftp://a.b/",
            "https://a.b/?c",
            "https://a b/",
        ] {
            assert!(Address::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_site_map_lists_every_page_by_its_full_address() {
        let map = address().site_map(["/", "/chapter/x/"].into_iter());
        assert!(map.contains("<loc>https://example.org/book/</loc>"));
        assert!(map.contains("<loc>https://example.org/book/chapter/x/</loc>"));
        assert_eq!(map.matches("<url>").count(), 2);
    }

    #[test]
    fn without_an_address_nothing_claims_to_know_it() {
        let html = preview(&head(), "card/x.png", "A", None);
        assert!(!html.contains("canonical") && !html.contains("og:url") && !html.contains("://"));
        assert!(html.contains("property=\"og:image\" content=\"card/x.png\""));
        assert!(!robots(None).contains("Sitemap"));
    }

    #[test]
    fn with_an_address_page_and_picture_are_named_in_full() {
        let html = preview(&head(), "card/x.png", "A", Some(&address()));
        assert!(html.contains("rel=\"canonical\" href=\"https://example.org/book/chapter/x/\""));
        assert!(html.contains("content=\"https://example.org/book/card/x.png\""));
        assert!(robots(Some(&address())).contains("Sitemap: https://example.org/book/sitemap.xml"));
    }

    #[test]
    fn a_title_cannot_break_out_of_the_preview() {
        let html = preview(&head(), "card/x.png", "A", None);
        assert!(
            html.contains("content=\"A &quot;&lt;b>&quot; · Book\""),
            "{html}"
        );
    }
}
