//! One page of the site: the shell that Trunk has built, with a page's head, text and data in it.

use happens_before::app::{PAGE_DATA, ROOT};
use happens_before::pages::head::Head;

/// What stands in index.html where a page's head, and its body, are to come.
const HEAD: &str = "<!-- head:";
const BODY: &str = "<!-- body:";

/// The page as a file.
///
/// # Errors
/// A sentence when the shell lacks one of the two marks.
pub fn document(
    shell: &str,
    head: &Head,
    preview: &str,
    html: &str,
    data: &str,
) -> Result<String, String> {
    let page = replace_comment(shell, HEAD, &head_html(head, preview))?;
    let body = format!(
        "<div id=\"{ROOT}\">{html}</div>\n<script type=\"application/json\" id=\"{PAGE_DATA}\">{}</script>",
        inside_script(data)
    );
    replace_comment(&page, BODY, &body)
}

/// The page with one more style after its own, if there is any.
///
/// # Errors
/// A sentence when the page has no end of its head.
pub fn with_style(page: &str, style: &str) -> Result<String, String> {
    let (before, after) = page
        .split_once("</head>")
        .ok_or("index.html has no </head>")?;
    let style = match style {
        "" => String::new(),
        style => format!("<style>{style}</style>"),
    };
    Ok(format!("{before}{style}</head>{after}"))
}

/// A page that runs no program and says nothing of it.
///
/// # Errors
/// A sentence when the shell lacks one of its marks.
pub fn plain(shell: &str, head: &Head, preview: &str, html: &str) -> Result<String, String> {
    let page = replace_comment(shell, HEAD, &head_html(head, preview))?;
    let page = match (page.find("<noscript>"), page.find(BODY)) {
        (Some(begin), Some(end)) if begin < end => {
            let (before, rest) = page.split_at(begin);
            format!("{before}{}", rest.split_at(end - begin).1)
        }
        _ => page,
    };
    replace_comment(&page, BODY, html)
}

/// The shell with what the page has to know of a program's script in its head, where it looks for
/// it under this name when the program is wanted.
///
/// # Errors
/// A sentence when the shell has no place for it.
pub fn with_program(shell: &str, name: &str, content: &str) -> Result<String, String> {
    let (before, after) = shell
        .split_once(HEAD)
        .ok_or_else(|| format!("index.html has no comment that begins with {HEAD:?}"))?;
    Ok(format!(
        "{before}<meta name=\"{name}\" content=\"{}\" />\n    {HEAD}{after}",
        escape(content)
    ))
}

fn replace_comment(page: &str, start: &str, with: &str) -> Result<String, String> {
    let missing = || format!("index.html has no comment that begins with {start:?}");
    let (before, rest) = page.split_once(start).ok_or_else(missing)?;
    let (_, after) = rest.split_once("-->").ok_or_else(missing)?;
    Ok(format!("{before}{with}{after}"))
}

fn head_html(head: &Head, preview: &str) -> String {
    let title = escape(&head.title);
    let description = escape(&head.description);
    format!(
        "<base href=\"{}\" />\n    <title>{title}</title>\n    \
         <meta name=\"description\" content=\"{description}\" />\n    {preview}",
        base(&head.path)
    )
}

/// The way from a page up to the site's root: `/chapter/x/` is two folders deep.
fn base(path: &str) -> String {
    let depth = path.split('/').filter(|folder| !folder.is_empty()).count();
    if depth == 0 {
        "./".to_owned()
    } else {
        "../".repeat(depth)
    }
}

/// The text as it may stand in HTML, in an attribute too.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// JSON that cannot end the script element it stands in.
fn inside_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(path: &str) -> Head {
        Head {
            path: path.to_owned(),
            title: "A < B".to_owned(),
            description: "Says \"so\"".to_owned(),
        }
    }

    #[test]
    fn a_page_two_folders_deep_leads_two_folders_up() {
        assert_eq!(base("/"), "./");
        assert_eq!(base("/about/"), "../");
        assert_eq!(base("/chapter/time-and-clocks/"), "../../");
    }

    #[test]
    fn a_title_cannot_break_out_of_the_head() {
        let shell = "<head><!-- head: x --></head><body><!-- body: y --></body>";
        let page = document(
            shell,
            &head("/"),
            "",
            "<p>text</p>",
            "{\"a\":\"</script>\"}",
        )
        .unwrap();
        assert!(page.contains("<title>A &lt; B</title>"));
        assert!(page.contains("content=\"Says &quot;so&quot;\""));
        assert!(page.contains("<div id=\"app\"><p>text</p></div>"));
        assert!(page.contains("\\u003c/script>"));
    }

    #[test]
    fn the_head_names_a_program_and_keeps_its_mark() {
        let shell = with_program("<head><!-- head: x --></head>", "worker", "worker-1.js").unwrap();
        assert!(shell.contains("<meta name=\"worker\" content=\"worker-1.js\" />"));
        assert!(shell.contains("<!-- head: x -->"));
        assert!(with_program("<html></html>", "worker", "worker-1.js").is_err());
    }

    #[test]
    fn a_plain_page_says_nothing_of_a_program() {
        let shell = "<head><!-- head: x --></head><body><noscript>off</noscript><p>none</p><!-- body: y --></body>";
        let page = plain(shell, &head("/a/"), "<meta />", "<p>text</p>").unwrap();
        assert!(page.ends_with("</head><body><p>text</p></body>"), "{page}");
        assert!(page.contains("<base href=\"../\" />") && page.contains("<meta />"));
    }

    #[test]
    fn a_shell_without_its_marks_is_refused() {
        assert!(document("<html></html>", &head("/"), "", "", "{}").is_err());
    }
}
