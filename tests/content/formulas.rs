//! The formulas of chapters, and the sheet that lists them.

use super::support::{check, good};
use happens_before::book::Book;

const FORMULA: &str = r#"
[[formula]]
id = "skew-bound"
title = "Skew bound"
tex = '2\varepsilon'
says = "Two clocks differ by *twice* the bound of one."
variables = [['\varepsilon', "error bound of one clock, in ms"]]
example = '$\varepsilon = 3$ ms gives 6 ms.'
concept = "clock-skew"
"#;
const SHEET: &str = "+++\ntitle = \"Formulas\"\norder = 1\n\
    description = \"Every formula of the book, with its variables and units.\"\n+++\n\n\
    Mind the units.\n\n```formulas\n```\n";

fn page(book: &Book) -> &str {
    book.pages[0].text.0.as_deref().unwrap()
}

#[test]
fn a_formula_stands_on_the_sheet_with_all_that_belongs_to_it() {
    let book = good(&[
        ("formulas/clocks.toml", "", FORMULA),
        ("pages/formulas.md", "", SHEET),
    ]);
    let page = page(&book);
    for expected in [
        "<section class=\"formula\" id=\"skew-bound\">",
        "Two clocks differ by <em>twice</em> the bound of one.",
        "<dd>error bound of one clock, in ms</dd>",
        "gives 6 ms.",
        "<a href=\"chapter/clocks/#clock-skew\" aria-label=\"Where it is explained: Skew bound\">",
    ] {
        assert!(page.contains(expected), "{expected} is not in {page}");
    }
}

#[test]
fn a_formula_belongs_to_a_concept_of_its_chapter() {
    let formula = FORMULA.replace("\"clock-skew\"", "\"‸clock-skw\"");
    check(
        &[("formulas/clocks.toml", "", &formula)],
        &[(
            "the chapter does not treat the concept `clock-skw`",
            "did you mean `clock-skew`?",
        )],
    );
}

#[test]
fn a_formula_has_a_name_of_its_own() {
    let second = FORMULA.replace("\"skew-bound\"", "\"‸skew-bound\"");
    check(
        &[("formulas/clocks.toml", "", &format!("{FORMULA}{second}"))],
        &[(
            "the formula `skew-bound` is listed twice",
            "choose another name; the first is at content/formulas/clocks.toml:3",
        )],
    );
}

#[test]
fn formulas_belong_to_a_chapter() {
    check(
        &[("formulas/nowhere.toml", "", &format!("‸{FORMULA}"))],
        &[(
            "there is no chapter `nowhere` for these formulas",
            "name the file like its chapter: chapters/x.md, formulas/x.toml",
        )],
    );
}

#[test]
fn variables_are_pairs() {
    let formula = FORMULA.replace(", \"error bound of one clock, in ms\"", "");
    let formula = formula.replace("[['", "[‸['");
    check(
        &[("formulas/clocks.toml", "", &formula)],
        &[(
            "`variables` is a list",
            "write a list of pairs, `[[\"…\", \"…\"], …]`",
        )],
    );
}
