//! TeX to MathML.
//!
//! Environments (`cases`, `align`, matrices) carry classes that begin with `menv-`, table cells
//! `cell-left` and `cell-right`; what they need is in the style sheet that comes with
//! `pulldown-latex`. All other formulas need no style.

use pulldown_latex::{Parser, RenderConfig, Storage, config::DisplayMode, push_mathml};

/// A formula in a line of text cannot be broken. One with more TeX than this gets an element of
/// its own, which a narrow page can scroll.
const LONGEST_UNBROKEN: usize = 24;

/// Renders a formula, or says why it cannot be read.
pub(super) fn render(tex: &str, is_block: bool) -> Result<String, String> {
    if tex.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    let tex = &with_whole_numbers(tex);
    let storage = Storage::new();
    if let Some(error) = Parser::new(tex, &storage).find_map(Result::err) {
        return Err(first_line(&error.to_string()));
    }
    let storage = Storage::new();
    let config = RenderConfig {
        display_mode: if is_block {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        ..RenderConfig::default()
    };
    let mut out = String::new();
    push_mathml(&mut out, Parser::new(tex, &storage), config).map_err(|e| e.to_string())?;
    // The renderer escapes the entity that it writes for `~` in text.
    let out = with_space_before_scripts(&out.replace("&amp;nbsp;", "\u{a0}"));
    if out.contains(" style=\"") {
        return Err("it sets a colour or a size, which the page decides".to_owned());
    }
    Ok(if is_block || tex.chars().count() <= LONGEST_UNBROKEN {
        out
    } else {
        format!("<span class=\"math-long\">{out}</span>")
    })
}

/// The commas in numbers such as `10,000` as part of the number; TeX takes them for the end of a
/// list's item and sets a space behind them.
fn with_whole_numbers(tex: &str) -> String {
    let letters: Vec<char> = tex.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(tex.len());
    for (at, letter) in letters.iter().enumerate() {
        let is_group = (1..=3).all(|ahead| is_digit(at + ahead)) && !is_digit(at + 4);
        if *letter == ',' && at > 0 && is_digit(at - 1) && is_group {
            out.push_str("{,}");
        } else {
            out.push(*letter);
        }
    }
    out
}

fn first_line(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    line.trim_start_matches("parsing error: ").to_owned()
}

/// The space before an operator's name, as in `4 \log_{10} n`, stands inside the element that joins
/// the name with its script, which then has a child too many: Firefox draws nothing but an error.
fn with_space_before_scripts(mathml: &str) -> String {
    const SPACE: &str = "<mspace width=\"0.1667em\" />";
    let joints = ["msub", "msup", "msubsup", "munder", "mover", "munderover"];
    joints.iter().fold(mathml.to_owned(), |mathml, joint| {
        mathml.replace(&format!("<{joint}>{SPACE}"), &format!("{SPACE}<{joint}>"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_mathml() {
        let mathml = render(r"\delta/2", false).unwrap();
        assert!(mathml.starts_with("<math display=\"inline\">"), "{mathml}");
        assert!(mathml.contains("<mi>δ</mi>"), "{mathml}");
    }

    #[test]
    fn a_name_and_its_script_are_all_that_their_element_holds() {
        let mathml = render(r"4 \log_{10} n", false).unwrap();
        assert!(mathml.contains("<msub><mi>log</mi>"), "{mathml}");
    }

    #[test]
    fn a_space_that_does_not_break_is_one_character() {
        let mathml = render(r"a~b", false).unwrap();
        assert!(!mathml.contains("&amp;"), "{mathml}");
    }

    #[test]
    fn a_long_formula_in_a_line_can_be_scrolled() {
        let long = render(r"((62 - 10) + (64 - 36))/2 = 40", false).unwrap();
        assert!(
            long.starts_with("<span class=\"math-long\"><math"),
            "{long}"
        );
    }

    #[test]
    fn a_comma_in_a_number_is_no_end_of_an_item() {
        assert_eq!(with_whole_numbers("10,000 - 65"), "10{,}000 - 65");
        assert_eq!(with_whole_numbers("1,234,567"), "1{,}234{,}567");
        assert_eq!(with_whole_numbers("[1,0,0]"), "[1,0,0]");
        assert_eq!(with_whole_numbers("10{,}000"), "10{,}000");
    }

    #[test]
    fn a_formula_that_cannot_be_read_says_why() {
        let why = render(r"\nope", true).unwrap_err();
        assert_eq!(why, "unknown primitive command found");
        assert_eq!(render("  ", true).unwrap_err(), "it is empty");
    }
}
