//! `_headers`: what a host that reads such a file (Netlify, Cloudflare Pages) is to send. A page's own
//! policy stands in the page; here stands what only a header can say.

use std::collections::BTreeSet;

/// The file, for pages with these paths. Pages below `embed/` may stand in frames of other sites;
/// rules are added up, so all others are named instead of excepting those. The service worker keeps
/// question pages with the headers of the data file that they come in.
pub fn headers<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut rules = BTreeSet::from(["/data/*".to_owned()]);
    for path in paths {
        match path.trim_matches('/').split('/').next() {
            Some("embed") => {}
            None | Some("") => {
                rules.insert("/".to_owned());
                rules.insert("/index.html".to_owned());
            }
            Some(folder) => {
                rules.insert(format!("/{folder}/*"));
            }
        }
    }
    let mut out = "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n"
        .to_owned();
    for rule in rules {
        out += &format!("{rule}\n  Content-Security-Policy: frame-ancestors 'self'\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_but_the_embedded_ones_refuses_foreign_frames() {
        let paths = ["/", "/about/", "/chapter/a/", "/chapter/b/", "/embed/c/"];
        let file = headers(paths.into_iter());
        let framed = "\n  Content-Security-Policy: frame-ancestors 'self'\n";
        for rule in ["/", "/index.html", "/about/*", "/chapter/*", "/data/*"] {
            assert!(
                file.contains(&format!("\n{rule}{framed}")),
                "{rule}: {file}"
            );
        }
        assert_eq!(file.matches("frame-ancestors").count(), 5);
        assert!(!file.contains("embed"));
    }
}
