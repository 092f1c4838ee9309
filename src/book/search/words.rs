//! The words of a text, in the form in which they are compared: small letters without accents.

/// A word where it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// The word as it is compared with others.
    pub folded: String,
}

/// Letters that few keyboards have, by what is typed in their place.
const PLAIN: [(&str, &str); 33] = [
    ("a", "àáâãäåāăą"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉŋ"),
    ("o", "òóôõöøōŏő"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
    // Greek letters of names and formulas, as they are spoken.
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("theta", "θ"),
    ("lambda", "λ"),
    ("mu", "μ\u{b5}"),
    ("sigma", "σς"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("pi", "π"),
    // Accents that stand behind their letter.
    (
        "",
        "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30a}\u{30b}\u{30c}\u{327}\u{328}",
    ),
];

/// The words of a text, in order. A word is letters and digits without a gap; the `s` of a
/// genitive is none.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if !is_of_word(c) {
            if open {
                drop_genitive(&mut found, text);
            }
            open = false;
        } else {
            match found.last_mut().filter(|_| open) {
                Some(word) => {
                    word.end = end;
                    fold(c, &mut word.folded);
                }
                None => {
                    let mut folded = String::new();
                    fold(c, &mut folded);
                    found.push(Word {
                        start: at,
                        end,
                        folded,
                    });
                }
            }
            open = true;
        }
        before = c;
    }
    if is_of_word(before) {
        drop_genitive(&mut found, text);
    }
    found
}

/// Takes the last word away if it is what stands behind an apostrophe: `s`, `t`, `d`.
fn drop_genitive(found: &mut Vec<Word>, text: &str) {
    let is_tail = found.last().is_some_and(|word| {
        word.folded.len() == 1 && text[..word.start].ends_with(['\'', '’']) && word.start > 1
    });
    if is_tail && found.len() > 1 {
        found.pop();
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn fold(c: char, into: &mut String) {
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    for small in c.to_lowercase() {
        let plain = PLAIN.iter().find(|(_, accented)| accented.contains(small));
        match plain {
            Some((plain, _)) => into.push_str(plain),
            None => into.push(small),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_letters_and_digits_whatever_stands_between() {
        check("W + R > N: 2PC, x_1", &["w", "r", "n", "2pc", "x", "1"]);
        check("", &[]);
        check("… — !", &[]);
    }

    #[test]
    fn a_word_with_a_dash_is_two() {
        check("happens-before", &["happens", "before"]);
    }

    #[test]
    fn accents_and_capitals_make_no_difference() {
        check(
            "Zürich ZURICH zu\u{308}rich",
            &["zurich", "zurich", "zurich"],
        );
        check("Łukasz Straße", &["lukasz", "strasse"]);
    }

    #[test]
    fn the_genitive_is_not_part_of_the_name() {
        check(
            "Lamport’s clock isn't Lamport's",
            &["lamport", "clock", "isn", "lamport"],
        );
        check("s 's", &["s"]);
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        check("ω(n) 時計", &["ω", "n", "時計"]);
    }

    #[test]
    fn greek_letters_are_found_by_their_names() {
        check(
            "φ accrual, Θ(n) phi",
            &["phi", "accrual", "theta", "n", "phi"],
        );
    }

    #[test]
    fn a_word_says_where_it_stands() {
        let text = "Über Zürich";
        let places: Vec<&str> = words(text)
            .iter()
            .map(|word| &text[word.start..word.end])
            .collect();
        assert_eq!(places, ["Über", "Zürich"]);
    }
}
