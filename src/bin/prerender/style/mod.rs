//! The style sheets: Trunk links them one by one, and every link would hold up the first paint.
//! Here they are joined. A page has in itself what it needs for what it shows, and asks for the whole
//! sheet after the first paint, so that a reader can go on, or print, without loading a page anew. A
//! page that leads nowhere has all in itself.

mod needed;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use self::needed::{classes, needed};
use crate::{digest, tags};

/// What stands in index.html before the labs' sheets.
const LABS: &str = "<!-- labs:";
/// What stands there before the sheets that every page ends with.
const LAST: &str = "<!-- last:";
/// Where the style goes.
const PLACE: &str = "<!-- style -->";

/// The book's style.
#[derive(Debug, Default)]
pub struct Styles {
    /// The sheets of every page.
    text: String,
    /// The sheets of the labs.
    labs: String,
    /// The sheets that go before both of them: the printer's.
    last: String,
    /// All sheets in a file, and its hash.
    file: String,
    hash: String,
}

impl Styles {
    /// Takes the sheets out of the folder, and their links out of the shell.
    ///
    /// # Errors
    /// A sentence when a sheet cannot be read, or the shell has not the form of index.html.
    pub fn take(shell: &mut String, folder: &Path) -> Result<Self, String> {
        let is_sheet = |tag: &str| tags::attribute(tag, "rel") == Some("stylesheet");
        let mut styles = Self::default();
        let mut place = None;
        while let Some((begin, _)) = tags::find(shell, "<link ", is_sheet) {
            place.get_or_insert(begin);
            let (labs, last) = (mark(shell, LABS)?, mark(shell, LAST)?);
            let tag = tags::take(shell, "<link ", is_sheet).unwrap_or_default();
            let part = match begin {
                begin if begin < labs => &mut styles.text,
                begin if begin < last => &mut styles.labs,
                _ => &mut styles.last,
            };
            part.push_str(&squeeze(&read(folder, &tag)?)?);
        }
        let place = place.ok_or("index.html links no style sheet")?;
        shell.insert_str(place, PLACE);
        let sheet = styles.all();
        styles.hash = digest::sha384(sheet.as_bytes());
        styles.file = format!("style-{}.css", digest::short(sheet.as_bytes()));
        fs::write(folder.join(&styles.file), sheet)
            .map_err(|error| format!("{} could not be written: {error}", styles.file))?;
        Ok(styles)
    }

    fn all(&self) -> String {
        format!("{}{}{}", self.text, self.labs, self.last)
    }

    /// The page with the style that it needs, for its own classes and for those of `like`: HTML of
    /// pages that are to have the same style.
    pub fn put(&self, page: &str, like: &str) -> String {
        let classes: BTreeSet<_> = classes(page).union(&classes(like)).copied().collect();
        let needed = needed(&self.all(), &classes);
        let style = format!("<style>{needed}</style>\n    {}", self.asked_for_later());
        page.replacen(PLACE, &style, 1)
    }

    /// The page with the whole style of what it holds, for one that leads nowhere without being left.
    pub fn put_plain(&self, page: &str) -> String {
        let Self {
            text, labs, last, ..
        } = self;
        let labs = if has_lab(page) { labs } else { "" };
        page.replacen(PLACE, &format!("<style>{text}{labs}{last}</style>"), 1)
    }

    /// Without scripts nothing else can ask for it.
    fn asked_for_later(&self) -> String {
        let Self { file, hash, .. } = self;
        format!(
            "<script type=\"module\">
      requestAnimationFrame(() => setTimeout(() => {{
        const style = document.createElement(\"link\");
        document.head.append(Object.assign(style, {{ rel: \"stylesheet\", integrity: \"{hash}\", href: \"{file}\" }}));
      }}));
    </script>
    <noscript><link rel=\"stylesheet\" href=\"{file}\" integrity=\"{hash}\" /></noscript>"
        )
    }
}

/// Whether a lab is drawn in the page.
fn has_lab(page: &str) -> bool {
    page.contains("class=\"lab\"")
}

fn mark(shell: &str, mark: &str) -> Result<usize, String> {
    shell.find(mark).ok_or_else(|| {
        format!("index.html has no comment that begins with {mark:?} among its style sheets")
    })
}

/// Reads the sheet that a link names, and removes the file.
fn read(folder: &Path, link: &str) -> Result<String, String> {
    let name = tags::attribute(link, "href").unwrap_or_default();
    let name = name.trim_start_matches("./");
    let failed = |error: std::io::Error| format!("the style sheet {name:?}: {error}");
    let file = folder.join(name);
    let sheet = fs::read_to_string(&file).map_err(failed)?;
    fs::remove_file(&file).map_err(failed)?;
    Ok(sheet)
}

/// The sheet without comments and without spaces that mean nothing. Strings stay as they are.
///
/// # Errors
/// A sentence when it could end the element that it is to stand in.
fn squeeze(sheet: &str) -> Result<String, String> {
    if sheet.contains("</") {
        return Err("a style sheet holds “</”, which would end the style element".to_owned());
    }
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            space(&mut out);
        } else if next == '"' || next == '\'' {
            let (string, after) = rest.split_at(string_end(rest, next));
            out.push_str(string);
            rest = after;
        } else {
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
            match next {
                next if next.is_whitespace() => space(&mut out),
                '{' | '}' | ';' | ',' => {
                    while out.ends_with(' ') || (next == '}' && out.ends_with(';')) {
                        out.pop();
                    }
                    out.push(next);
                }
                next => out.push(next),
            }
        }
    }
    Ok(out.trim_end().to_owned())
}

/// One space, where one means something. After a colon none does: before it, it may be the
/// difference between a descendant and an element’s own state.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',', ':']) {
        out.push(' ');
    }
}

/// Where the string ends with which the text begins.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = true; // the opening quote itself
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sheet: &str, expected: &str) {
        assert_eq!(squeeze(sheet).unwrap(), expected);
    }

    #[test]
    fn comments_and_line_ends_go() {
        check(
            "/* what */\n.a,\n.b > .c {\n  color: red;\n  margin: 0 auto;\n}\n",
            ".a,.b > .c{color:red;margin:0 auto}",
        );
    }

    #[test]
    fn spaces_that_mean_something_stay() {
        check(
            ".a :hover { width: calc(1px + 2px); }",
            ".a :hover{width:calc(1px + 2px)}",
        );
        check(
            "@media (max-width: 40rem) { .a { top: 0; } }",
            "@media (max-width:40rem){.a{top:0}}",
        );
        check("a/**/b { c: d }", "a b{c:d}");
    }

    #[test]
    fn strings_stay_as_they_are() {
        check(
            ".a { content: \" {  /* \\\" */ ;\" ; b: ' , ' }",
            ".a{content:\" {  /* \\\" */ ;\";b:' , '}",
        );
    }

    #[test]
    fn a_sheet_that_would_end_its_element_is_refused() {
        assert!(squeeze(".a { content: \"</style>\" }").is_err());
    }

    /// A shell with three sheets, in a folder for one test.
    fn shell(test: &str) -> (String, std::path::PathBuf) {
        let folder = std::env::temp_dir().join(format!("style-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("page-1.css"), "p { top: 0 }").unwrap();
        fs::write(folder.join("lab-1.css"), ".lab { top: 1px }").unwrap();
        fs::write(folder.join("print-1.css"), "p { top: 2px }").unwrap();
        let shell = "<head><link rel=\"icon\" href=\"./i\"/>\
            <link rel=\"stylesheet\" href=\"./page-1.css\"/><!-- labs: -->\
            <link rel=\"stylesheet\" href=\"./lab-1.css\"/><!-- last: -->\
            <link rel=\"stylesheet\" href=\"./print-1.css\"/></head><body></body>";
        (shell.to_owned(), folder)
    }

    #[test]
    fn a_page_has_the_style_of_what_it_shows_and_asks_for_all_of_it_later() {
        let (mut shell, folder) = shell("text");
        let styles = Styles::take(&mut shell, &folder).unwrap();
        let page = styles.put(&shell, "");
        assert!(page.contains("<style>p{top:0}p{top:2px}</style>"), "{page}");
        let lab = styles.put(&shell.replace("<body>", "<body><p class=\"lab\">"), "");
        let with_lab = "<style>p{top:0}.lab{top:1px}p{top:2px}</style>";
        assert!(lab.contains(with_lab), "{lab}");
        let like = styles.put(&shell, "<p class=\"lab\">");
        assert!(like.contains(with_lab), "{like}");
        let without_script = format!(
            "<noscript><link rel=\"stylesheet\" href=\"{}\"",
            styles.file
        );
        assert!(page.contains(&without_script) && page.contains(&styles.hash));
        let file = fs::read_to_string(folder.join(&styles.file)).unwrap();
        assert_eq!(file, "p{top:0}.lab{top:1px}p{top:2px}");
        assert_eq!(styles.hash, digest::sha384(file.as_bytes()));
        assert!(!folder.join("page-1.css").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_page_that_leads_nowhere_has_all_of_its_style_and_asks_for_none() {
        let (mut shell, folder) = shell("plain");
        let styles = Styles::take(&mut shell, &folder).unwrap();
        let page = styles.put_plain(&shell.replace("<body>", "<body><p class=\"lab\">"));
        assert!(
            page.contains("<style>p{top:0}.lab{top:1px}p{top:2px}</style>"),
            "{page}"
        );
        assert!(!page.contains("stylesheet"), "{page}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_shell_without_the_marks_is_refused() {
        let (shell, folder) = shell("marks");
        let mut shell = shell.replace("<!-- labs: -->", "");
        let why = Styles::take(&mut shell, &folder).unwrap_err();
        assert!(why.contains("<!-- labs:"), "{why}");
        fs::remove_dir_all(folder).unwrap();
    }
}
