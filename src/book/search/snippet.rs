//! What is shown of a place that was found: its title, the sentence around the words, and which
//! words they are.

use std::collections::BTreeSet;
use std::ops::Range;

use super::rank::{Marks, in_order};
use super::words::{Word, words};
use super::{Hit, Kind, Piece, Place};

/// A sentence is cut to about so many bytes.
const LONGEST: usize = 180;
/// So many of them stand before the first of the words.
const BEFORE: usize = 60;

/// A place as it is shown.
pub(super) fn hit(place: &Place, marks: &Marks) -> Hit {
    let mut meant = BTreeSet::new();
    for text in [&place.title, &place.of, &place.text] {
        let found = words(text).into_iter().map(|word| word.folded);
        meant.extend(found.filter(|word| marks.contains_key(word)));
    }
    Hit {
        address: place.address.clone(),
        title: pieces(&place.title, 0..place.title.len(), marks),
        of: match place.kind {
            Kind::Source => pieces(&place.of, 0..place.of.len(), marks),
            // The chapter's name would be marked at each of its sections.
            _ => pieces(&place.of, 0..place.of.len(), &Marks::new()),
        },
        sentence: sentence(&place.text, marks),
        words: meant.into_iter().collect(),
    }
}

/// The first of the sentences that have most of the words.
fn sentence(text: &str, marks: &Marks) -> Vec<Piece> {
    let mut best: Option<(usize, Range<usize>)> = None;
    for range in sentences(text) {
        let masks: Vec<u32> = words(&text[range.clone()])
            .iter()
            .map(|word| marks.get(&word.folded).copied().unwrap_or_default())
            .collect();
        let different = masks.iter().fold(0, |all, mask| all | mask).count_ones() as usize;
        let worth = 2 * different + in_order(&masks);
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, range));
        }
    }
    let Some((_, range)) = best else {
        return Vec::new();
    };
    let cut = cut(text, range.clone(), marks);
    let mut pieces = pieces(text, cut.clone(), marks);
    if cut.start > range.start {
        pieces.insert(0, Piece(false, "… ".to_owned()));
    }
    if cut.end < range.end {
        pieces.push(Piece(false, " …".to_owned()));
    }
    pieces
}

/// Where the sentences of a text are. A line is at least one.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let ends = c == '\n'
            || (c == ' ' && matches!(before, '.' | '?' | '!') && !is_short(&text[start..at]));
        if ends {
            if !text[start..at].trim().is_empty() {
                found.push(start..at);
            }
            start = at + 1;
        }
        before = c;
    }
    if !text[start..].trim().is_empty() {
        found.push(start..text.len());
    }
    found
}

/// Whether the full stop at the end is that of a word cut short.
fn is_short(text: &str) -> bool {
    ["e.g.", "i.e.", "et al.", "vs.", "No.", "p."]
        .iter()
        .any(|short| text.ends_with(short))
}

/// The part of a sentence that is shown: all of it, or what stands around the first of the words.
fn cut(text: &str, range: Range<usize>, marks: &Marks) -> Range<usize> {
    if range.len() <= LONGEST {
        return range;
    }
    let all: Vec<Word> = words(&text[range.clone()]);
    let first = all.iter().find(|word| marks.contains_key(&word.folded));
    let first = first.map_or(0, |word| word.start);
    let last = range.len().saturating_sub(LONGEST);
    let wanted = first.saturating_sub(BEFORE).min(last);
    let start = match wanted {
        0 => 0,
        wanted => all
            .iter()
            .map(|word| word.start)
            .find(|start| *start >= wanted)
            .unwrap_or(first),
    };
    let end = all
        .iter()
        .map(|word| word.end)
        .take_while(|end| *end <= start + LONGEST)
        .last();
    let is_rest = start + LONGEST >= range.len();
    let end = end
        .filter(|end| *end > start && !is_rest)
        .unwrap_or(range.len());
    range.start + start..range.start + end
}

/// A part of a text with its words marked.
fn pieces(text: &str, range: Range<usize>, marks: &Marks) -> Vec<Piece> {
    let text = &text[range];
    let mut pieces = Vec::new();
    let mut done = 0;
    for word in words(text) {
        if marks.contains_key(&word.folded) {
            if word.start > done {
                pieces.push(Piece(false, text[done..word.start].to_owned()));
            }
            pieces.push(Piece(true, text[word.start..word.end].to_owned()));
            done = word.end;
        }
    }
    if done < text.len() {
        pieces.push(Piece(false, text[done..].to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(words: &[&str]) -> Marks {
        let words = words.iter().zip(0..);
        words
            .map(|(word, bit)| ((*word).to_owned(), 1 << bit))
            .collect()
    }

    fn check(text: &str, meant: &[&str], expected: &str) {
        let shown: String = sentence(text, &marks(meant))
            .into_iter()
            .map(|Piece(is_meant, text)| if is_meant { format!("[{text}]") } else { text })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown() {
        check(
            "A clock ticks. A Lamport clock counts, e.g. events. Lamport wrote it.",
            &["lamport", "clock"],
            "A [Lamport] [clock] counts, e.g. events.",
        );
    }

    #[test]
    fn without_any_of_them_it_is_the_first() {
        check("First one.\nSecond one.", &["third"], "First one.");
        check("", &["third"], "");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_around_the_first_of_them() {
        let long = format!("{}needle {}", "Über alles ".repeat(40), "héhé ".repeat(60));
        let shown = sentence(&long, &marks(&["needle"]));
        let length: usize = shown.iter().map(|Piece(_, text)| text.len()).sum();
        assert!(length <= LONGEST + 12, "{length}");
        assert!(shown.contains(&Piece(true, "needle".to_owned())));
        assert_eq!(shown.first(), Some(&Piece(false, "… ".to_owned())));
        assert_eq!(shown.last(), Some(&Piece(false, " …".to_owned())));
    }
}
