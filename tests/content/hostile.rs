//! Whatever stands in the files, the build ends, and what it makes can be shown.

use super::support::{OneLab, right_book};
use happens_before::book::{Book, Files, Problem, build};
use proptest::{collection::vec, prelude::*, sample::select};

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 60] = [
    "+++\n",
    "```",
    "````",
    "```lab clock-skew\n",
    "```quiz q\n",
    "```predict p\n",
    "~~~\n",
    "```exercise e\n",
    "\n---\n",
    "> ",
    "> [!",
    "> [!define cause]\n",
    "> [!rule] ",
    "[^",
    "[^ntp]",
    "](#",
    "](lab:clock-skew;",
    "](clocks.md#",
    "](https://",
    "![a](figures/two-clocks.svg \"c\")",
    "$",
    "$$",
    "$x_{",
    "\\",
    "\\frac{a}{b}",
    "\\begin{cases} a \\\\ b \\end{cases}",
    "{#id}",
    "# ",
    "#### ",
    "|a|b|\n|-|-|\n",
    "<",
    "<b>",
    "<!--",
    "&",
    "\"",
    "\"\"\"",
    "'''",
    "[[option]]\n",
    "[",
    "]",
    "[set]\n",
    "text = ",
    "= ",
    "\n",
    "\n\n",
    "\t",
    "    ",
    "\r\n",
    "\u{0}",
    "\u{feff}",
    "é",
    "“",
    "🕰",
    "**",
    "*",
    "_",
    "`",
    "- ",
    "<svg viewBox=\"",
    "url(#",
];

/// An edit: in which file, where (as a share of its length), how much goes, what comes.
type Cut = (usize, f64, usize, Vec<&'static str>);

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    let pieces = vec(select(&PIECES[..]), 0..6);
    vec((0..7usize, 0.0..1.0f64, 0..40usize, pieces), 1..6)
}

fn spoil(mut files: Files, cuts: &[Cut]) -> Files {
    for (file, share, length, pieces) in cuts {
        let count = files.0.len();
        let Some(text) = files.0.values_mut().nth(file % count) else {
            continue;
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a length is a length"
        )]
        let start = (text.len() as f64 * share) as usize;
        let end = (start + length).min(text.len());
        text.splice(start..end, pieces.concat().into_bytes());
    }
    files
}

/// Builds the book and checks what holds for any book.
fn check(files: &Files) -> (Book, Vec<Problem>) {
    let (book, problems) = build(files, &OneLab);
    for problem in &problems {
        assert!(problem.file.starts_with("content/"), "{problem}");
        assert!(problem.line > 0 && problem.column > 0, "{problem}");
        assert!(
            !problem.what.is_empty() && !problem.fix.is_empty(),
            "{problem}"
        );
    }
    for chapter in &book.chapters {
        let json = serde_json::to_string(chapter).unwrap();
        assert!(!json.contains("<script"), "{json}");
    }
    (book, problems)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_book_gives_problems_and_no_panic(cuts in cuts()) {
        check(&spoil(right_book(), &cuts));
    }

    #[test]
    fn any_bytes_give_problems_and_no_panic(
        bytes in vec(any::<u8>(), 0..400),
        file in 0..7usize,
    ) {
        let mut files = right_book();
        if let Some(text) = files.0.values_mut().nth(file) {
            *text = bytes;
        }
        let (_, problems) = check(&files);
        prop_assert!(!problems.is_empty());
    }

    #[test]
    fn any_pieces_after_the_front_matter_give_no_panic(
        pieces in vec(select(&PIECES[..]), 0..60),
    ) {
        let mut files = right_book();
        let text = files.0.get_mut("chapters/words.md").unwrap();
        text.extend(pieces.concat().into_bytes());
        check(&files);
    }

    #[test]
    fn any_tex_gives_no_panic(tex in "[ -~é\\\\{}^_&$#]{0,60}") {
        let mut files = right_book();
        let text = files.0.get_mut("chapters/words.md").unwrap();
        text.extend(format!("\n\n$${tex}$$\n").into_bytes());
        check(&files);
    }

    #[test]
    fn any_drawing_gives_no_panic(
        pieces in vec(select(&["<svg viewBox=\"0 0 1 1\"", ">", "</svg>", "<g", "/>", " id=\"a\"",
            " fill=\"url(#a)\"", "url(", " href='#a'", "<!--", "-->", "&amp;", "&", "é", "\"",
            "'", "=", "<", "<?xml", "?>", " "][..]), 0..30),
    ) {
        let mut files = right_book();
        files.0.insert("figures/two-clocks.svg".into(), pieces.concat().into_bytes());
        check(&files);
    }
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    for piece in ["> ", "- ", "[", "*a ", "`", "$", "<", "{", "\\begin{cases}"] {
        let mut files = right_book();
        let text = files.0.get_mut("chapters/words.md").unwrap();
        text.extend(piece.repeat(3000).into_bytes());
        check(&files);
    }
}
