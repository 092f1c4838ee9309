//! The picture that a link preview shows: the book's name, the chapter's number, title and question,
//! and a space-time diagram in which a path runs through all that happened before.

use crate::document::escape;
use crate::picture;

/// The size that previews want.
pub const WIDTH: u32 = 1200;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 630;

/// The most letters of a line of the title, and of the question, that have room beside the margins.
const TITLE_LETTERS: usize = 30;
const QUESTION_LETTERS: usize = 56;

/// What a card says.
#[derive(Debug)]
pub struct Card<'a> {
    /// The book's name.
    pub book: &'a str,
    /// What stands over the title: `Chapter 2`.
    pub over: &'a str,
    /// The title.
    pub title: &'a str,
    /// The line under it.
    pub question: &'a str,
    /// Which of the motifs: another for each chapter.
    pub number: u8,
}

impl Card<'_> {
    /// The card as a PNG file.
    ///
    /// # Errors
    /// A sentence when it could not be drawn.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        picture::png(&self.svg(), WIDTH, HEIGHT)
    }

    /// The card as SVG, in the colours of the page's light theme.
    fn svg(&self) -> String {
        let title = lines(self.title, TITLE_LETTERS);
        let question = lines(self.question, QUESTION_LETTERS);
        let mut y = 176;
        let mut text = write(72, 92, 30, "#4c453d", "400", self.book);
        text += &write(72, y, 30, "#0b5cad", "700", self.over);
        for line in &title {
            y += 74;
            text += &write(72, y, 64, "#1c1a17", "700", line);
        }
        y += 14;
        for line in &question {
            y += 44;
            text += &write(72, y, 34, "#4c453d", "400", line);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fbf8f2\"/>\
             <rect width=\"16\" height=\"{HEIGHT}\" fill=\"#0b5cad\"/>{text}{}</svg>",
            motif(self.number)
        )
    }
}

fn write(x: u32, y: u32, size: u32, colour: &str, weight: &str, text: &str) -> String {
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" font-family=\"{}\" fill=\"{colour}\">{}</text>",
        picture::FONT,
        escape(text)
    )
}

/// The text in lines of at most so many letters; a longer word stays whole.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Three machines along the lower edge. Messages go from one to the next at places that the number
/// spreads; the path is what happened before the last event.
fn motif(number: u8) -> String {
    const ROWS: [u32; 3] = [486, 530, 574];
    const COLOURS: [&str; 3] = ["#006fad", "#b04600", "#007457"];
    let mut out = String::new();
    for (row, colour) in ROWS.iter().zip(COLOURS) {
        out += &format!(
            "<path d=\"M72 {row}H1128\" stroke=\"{colour}\" stroke-width=\"3\" opacity=\"0.45\"/>"
        );
    }
    let mut path = String::new();
    let mut dots = String::new();
    let mut at = 0_usize;
    for step in 0..6_u32 {
        let spread = (u32::from(number) * 37 + step * 53) % 60;
        let sent = 100 + step * 172 + spread;
        let next = (at + 1 + usize::from((number >> (step % 3)) & 1)) % ROWS.len();
        let (from, to) = (ROWS[at], ROWS[next]);
        let arrived = sent + 72;
        path += &format!(
            "{}{sent} {from}L{arrived} {to}",
            if step == 0 { "M" } else { "L" }
        );
        dots += &format!(
            "<circle cx=\"{sent}\" cy=\"{from}\" r=\"9\" fill=\"{}\"/><circle cx=\"{arrived}\" cy=\"{to}\" r=\"9\" fill=\"{}\"/>",
            COLOURS[at], COLOURS[next]
        );
        at = next;
    }
    format!("{out}<path d=\"{path}\" fill=\"none\" stroke=\"#1c1a17\" stroke-width=\"3\"/>{dots}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: Card<'_> = Card {
        book: "Happens Before",
        over: "Chapter 2",
        title: "Time, clocks & <ordering> of events in a system",
        question: "If clocks disagree, what does “before” mean?",
        number: 2,
    };

    #[test]
    fn the_card_says_book_number_title_and_question() {
        let svg = CARD.svg();
        for text in [
            ">Happens Before<",
            ">Chapter 2<",
            ">Time, clocks &amp; &lt;ordering> of<",
            ">events in a system<",
            "“before” mean?<",
        ] {
            assert!(svg.contains(text), "{text} is not in {svg}");
        }
    }

    #[test]
    fn a_card_is_a_picture_of_the_size_that_previews_want() {
        let png = CARD.png().unwrap();
        assert_eq!(png[16..20], WIDTH.to_be_bytes());
        assert_eq!(png[20..24], HEIGHT.to_be_bytes());
    }

    #[test]
    fn what_every_chapter_says_has_room_above_its_motif() {
        let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let files = happens_before::book::Files::read(&content).unwrap();
        let (book, _) = happens_before::book::build(&files, &happens_before::labs::catalog::Labs);
        for chapter in book.chapters {
            let title = lines(&chapter.card.title, TITLE_LETTERS).len();
            let question = lines(&chapter.card.question, QUESTION_LETTERS).len();
            let end = 176 + 74 * title + 14 + 44 * question;
            assert!(end < 460, "{}: the text ends at {end}", chapter.card.slug);
        }
    }

    #[test]
    fn each_chapter_has_a_motif_of_its_own_within_the_card() {
        let motifs: std::collections::BTreeSet<_> = (1..=30).map(motif).collect();
        assert_eq!(motifs.len(), 30);
        const { assert!(100 + 5 * 172 + 59 + 72 + 9 < WIDTH) };
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("extraordinary", 7), ["extraordinary"]);
        assert!(lines("", 7).is_empty());
    }
}
