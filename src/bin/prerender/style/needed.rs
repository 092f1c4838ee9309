//! The part of a style sheet that a page needs for what it shows: the rules for classes that the page
//! has. What a program puts there later, and paper, have the whole sheet by then.

use std::collections::BTreeSet;

/// The classes of an HTML text.
pub fn classes(html: &str) -> BTreeSet<&str> {
    let attributes = html.split(" class=\"").skip(1);
    let values = attributes.filter_map(|rest| rest.split('"').next());
    values.flat_map(str::split_whitespace).collect()
}

/// The rules of a squeezed sheet that can have a meaning where there are these classes only, in their
/// order.
pub fn needed(sheet: &str, classes: &BTreeSet<&str>) -> String {
    rules(sheet)
        .into_iter()
        .filter_map(|rule| rule.needed(classes))
        .collect()
}

/// A rule: what stands before its braces, and between them; nothing where it has none (`@import`).
#[derive(Debug, PartialEq, Eq)]
struct Rule<'a> {
    before: &'a str,
    inside: Option<&'a str>,
}

impl Rule<'_> {
    fn needed(&self, classes: &BTreeSet<&str>) -> Option<String> {
        let Self { before, inside } = self;
        let Some(inside) = inside else {
            return Some(format!("{before};"));
        };
        let is_group = ["@media", "@container", "@supports"];
        if before.starts_with("@media print") {
            return None;
        }
        if is_group.iter().any(|group| before.starts_with(group)) {
            let inside = needed(inside, classes);
            return (!inside.is_empty()).then(|| format!("{before}{{{inside}}}"));
        }
        if before.starts_with('@') {
            return Some(format!("{before}{{{inside}}}"));
        }
        let selectors = split(before, ',').into_iter();
        let wanted: Vec<_> = selectors.filter(|one| can_match(one, classes)).collect();
        (!wanted.is_empty()).then(|| format!("{}{{{inside}}}", wanted.join(",")))
    }
}

/// Whether a selector can match where there are these classes only. What stands in parentheses and
/// brackets is not looked at: it may say what is not to be there.
fn can_match(selector: &str, classes: &BTreeSet<&str>) -> bool {
    let mut depth = 0;
    let outside: String = selector
        .chars()
        .filter(|letter| {
            match letter {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => return depth == 0,
            }
            false
        })
        .collect();
    let is_end = |letter: char| !(letter.is_alphanumeric() || letter == '-' || letter == '_');
    let mut named = outside.split('.').skip(1);
    named.all(|rest| classes.contains(rest.split(is_end).next().unwrap_or_default()))
}

/// The rules at the outermost level.
fn rules(sheet: &str) -> Vec<Rule<'_>> {
    let mut found = Vec::new();
    let mut rest = sheet.trim();
    while !rest.is_empty() {
        let (begin, is_block) = match (position(rest, '{'), position(rest, ';')) {
            (Some(brace), Some(end)) if end < brace => (end, false),
            (Some(brace), _) => (brace, true),
            (None, end) => (end.unwrap_or(rest.len()), false),
        };
        let (before, after) = rest.split_at(begin);
        let after = after.get(1..).unwrap_or_default();
        let end = if is_block {
            position(after, '}').unwrap_or(after.len())
        } else {
            0
        };
        let (inside, after) = after.split_at(end);
        found.push(Rule {
            before: before.trim(),
            inside: is_block.then_some(inside),
        });
        let after = if is_block {
            after.get(1..)
        } else {
            Some(after)
        };
        rest = after.unwrap_or_default().trim_start();
    }
    found
}

/// The parts of a text between these letters, of those that stand in no parentheses and no string.
fn split(text: &str, letter: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(place) = position(rest, letter) {
        let (part, after) = rest.split_at(place);
        parts.push(part.trim());
        rest = after.get(letter.len_utf8()..).unwrap_or_default();
    }
    parts.push(rest.trim());
    parts
}

/// Where the letter stands outside of strings, parentheses, brackets and braces.
fn position(text: &str, wanted: char) -> Option<usize> {
    let (mut depth, mut quote, mut is_escaped) = (0, None, false);
    for (place, letter) in text.char_indices() {
        if let Some(open) = quote {
            if is_escaped {
                is_escaped = false;
            } else if letter == '\\' {
                is_escaped = true;
            } else if letter == open {
                quote = None;
            }
        } else if letter == wanted && depth == 0 {
            return Some(place);
        } else {
            match letter {
                '"' | '\'' => quote = Some(letter),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sheet: &str, html: &str, expected: &str) {
        assert_eq!(needed(sheet, &classes(html)), expected);
    }

    #[test]
    fn only_rules_for_what_the_page_shows_stay() {
        check(
            "p{top:0}.a{top:1px}.b{top:2px}.a .b{top:3px}.a-b{top:4px}",
            "<p class=\"a c\">",
            "p{top:0}.a{top:1px}",
        );
    }

    #[test]
    fn of_a_list_of_selectors_those_stay_that_can_match() {
        check(
            ".a,.b,p>.a:hover{top:0}",
            "<i class=\"a\">",
            ".a,p>.a:hover{top:0}",
        );
    }

    #[test]
    fn what_must_not_be_there_and_what_may_be_there_is_not_asked_for() {
        let sheet = ".a:not(.b){top:0}:is(.b,p) .a{top:1px}[href$=\".b\"]{top:2px}";
        check(sheet, "<i class=\"a\">", sheet);
    }

    #[test]
    fn within_queries_it_is_the_same_and_paper_is_for_later() {
        check(
            "@media (min-width:1px){.a{top:0}.b{top:1px}}@media print{.a{top:2px}}@media screen and (x:y){.b{top:3px}}",
            "<i class=\"a\">",
            "@media (min-width:1px){.a{top:0}}",
        );
    }

    #[test]
    fn strings_and_other_at_rules_are_left_alone() {
        let sheet =
            "@import url(x.css);.a::before{content:\"} .b{\"}@keyframes k{from{top:0}to{top:1px}}";
        check(sheet, "<i class=\"a\">", sheet);
    }
}
