//! Text that remembers where in its file each byte came from, so that a problem inside a string
//! inside a fence inside a chapter is reported at the line the author has to edit.

use std::ops::Range;

/// A file of the content folder.
#[derive(Debug)]
pub(super) struct File {
    /// From the package's root.
    pub(super) path: String,
    /// Its text, lines ended by `\n` alone.
    pub(super) text: String,
}

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) file: &'a File,
    pub(super) offset: usize,
}

impl Place<'_> {
    /// Both from 1; the column counts characters.
    pub(super) fn line_and_column(&self) -> (usize, usize) {
        let text = &self.file.text;
        let mut end = self.offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }

    /// `content/chapters/x.md:12`, to point at a second place in a sentence.
    pub(super) fn cite(&self) -> String {
        format!("{}:{}", self.file.path, self.line_and_column().0)
    }
}

/// A piece of text and the origin of each of its bytes (one more than it has bytes: its end).
#[derive(Clone, Debug)]
pub(super) struct Passage<'a> {
    file: &'a File,
    text: String,
    origin: Vec<usize>,
}

impl<'a> Passage<'a> {
    /// A whole file.
    pub(super) fn whole(file: &'a File) -> Self {
        Self {
            file,
            text: file.text.clone(),
            origin: (0..=file.text.len()).collect(),
        }
    }

    /// Text that stands nowhere in the file as such; all of it is blamed on one place.
    pub(super) fn made_up(text: &str, place: Place<'a>) -> Self {
        Self {
            file: place.file,
            text: text.to_owned(),
            origin: vec![place.offset; text.len() + 1],
        }
    }

    /// Text decoded from this passage: `origin` has one offset into this passage for each byte
    /// of `text`, and one for its end.
    pub(super) fn decoded(&self, text: String, origin: &[usize]) -> Self {
        let origin = origin.iter().map(|at| self.place(*at).offset).collect();
        Self {
            file: self.file,
            text,
            origin,
        }
    }

    /// A part of the passage.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        Self {
            file: self.file,
            text: self.text[range.clone()].to_owned(),
            origin: self.origin[range.start..=range.end].to_vec(),
        }
    }

    /// Parts of the passage, one after the other; `end` is where the last of them ends.
    pub(super) fn join(&self, parts: &[Range<usize>], end: usize) -> Self {
        let text = parts.iter().map(|part| &self.text[part.clone()]).collect();
        let mut origin = Vec::new();
        for part in parts {
            origin.extend_from_slice(&self.origin[part.clone()]);
        }
        origin.push(self.place(end).offset);
        Self {
            file: self.file,
            text,
            origin,
        }
    }

    /// The same places with another text of the same length.
    pub(super) fn with_text(&self, text: String) -> Self {
        debug_assert_eq!(text.len(), self.text.len());
        Self {
            file: self.file,
            text,
            origin: self.origin.clone(),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Without white space at both ends.
    pub(super) fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        self.slice(start..end)
    }

    /// Where the byte at `offset` stands in the file.
    pub(super) fn place(&self, offset: usize) -> Place<'a> {
        let last = self.origin.len() - 1;
        Place {
            file: self.file,
            offset: self.origin[offset.min(last)],
        }
    }

    /// Where the passage begins.
    pub(super) fn start(&self) -> Place<'a> {
        self.place(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> File {
        File {
            path: "content/x.md".into(),
            text: text.into(),
        }
    }

    #[test]
    fn a_column_counts_characters_not_bytes() {
        let file = file("a\nöäx");
        let place = Passage::whole(&file).place(6);
        assert_eq!(place.line_and_column(), (2, 3));
    }

    #[test]
    fn a_part_of_a_part_knows_its_line() {
        let file = file("one\ntwo\nthree\n");
        let part = Passage::whole(&file).slice(4..13).slice(4..9);
        assert_eq!(part.text(), "three");
        assert_eq!(part.start().line_and_column(), (3, 1));
    }

    #[test]
    fn joined_parts_know_their_lines() {
        let file = file("> a\n> b\n");
        let whole = Passage::whole(&file);
        let joined = whole.join(&[2..4, 6..8], 8);
        assert_eq!(joined.text(), "a\nb\n");
        assert_eq!(joined.place(2).line_and_column(), (2, 3));
        assert_eq!(joined.place(4).line_and_column(), (3, 1));
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        let file = file("ab");
        assert_eq!(Passage::whole(&file).place(99).line_and_column(), (1, 3));
    }
}
