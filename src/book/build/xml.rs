//! A reader of XML as far as drawings need it: elements, attributes, text. No entities but the
//! five of XML, no DOCTYPE, no CDATA.

/// A piece of XML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// `<name a="b">`, or `<name/>` if `closed`.
    Open {
        name: &'t str,
        at: usize,
        attributes: Vec<Attribute<'t>>,
        closed: bool,
    },
    /// `</name>`
    Close { name: &'t str },
    /// Text between tags, as written.
    Text(&'t str),
}

/// `name="value"`; the value as written.
#[derive(Debug, PartialEq)]
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    pub(super) value: &'t str,
    pub(super) at: usize,
}

/// Why something is not XML, and where.
#[derive(Debug, PartialEq)]
pub(super) struct Flaw {
    pub(super) at: usize,
    pub(super) what: String,
}

impl<'t> Token<'t> {
    pub(super) fn attributes(&self) -> Option<&[Attribute<'t>]> {
        match self {
            Self::Open { attributes, .. } => Some(attributes),
            _ => None,
        }
    }
}

/// Takes a document apart. The elements are balanced, and there is one around all others.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Flaw> {
    let mut reader = Reader { text, at: 0 };
    let mut tokens = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut roots = 0;
    while reader.at < text.len() {
        let at = reader.at;
        let Some(token) = reader.token()? else {
            continue;
        };
        match &token {
            Token::Open { name, closed, .. } => {
                roots += usize::from(open.is_empty());
                if roots > 1 {
                    return flaw(at, "there is a second outermost element");
                }
                if !closed {
                    open.push(name);
                }
            }
            Token::Close { name } => match open.pop() {
                Some(opened) if opened == *name => {}
                Some(opened) => return flaw(at, &format!("`</{name}>` closes `<{opened}>`")),
                None => return flaw(at, &format!("`</{name}>` closes nothing")),
            },
            Token::Text(text) if open.is_empty() && !text.trim().is_empty() => {
                return flaw(at, "there is text outside of all elements");
            }
            Token::Text(text) => check_entities(text, at)?,
        }
        tokens.push(token);
    }
    match open.pop() {
        Some(name) => flaw(text.len(), &format!("`<{name}>` is not closed")),
        None if roots == 0 => flaw(0, "there is no element"),
        None => Ok(tokens),
    }
}

fn flaw<T>(at: usize, what: &str) -> Result<T, Flaw> {
    Err(Flaw {
        at,
        what: what.to_owned(),
    })
}

fn check_entities(text: &str, at: usize) -> Result<(), Flaw> {
    for (ampersand, _) in text.match_indices('&') {
        let after = &text[ampersand + 1..];
        let name = after.split_once(';').map_or("", |(name, _)| name);
        let number = name.strip_prefix('#').map(|n| n.trim_start_matches('x'));
        let is_number = number.is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|b| b.is_ascii_hexdigit())
        });
        if !is_number && !["amp", "lt", "gt", "quot", "apos"].contains(&name) {
            return flaw(at + ampersand, "a `&` is written `&amp;`");
        }
    }
    Ok(())
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next token; `None` for a comment or the declaration, which are left out.
    fn token(&mut self) -> Result<Option<Token<'t>>, Flaw> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            return self.skip_past("-->").map(|()| None);
        }
        if rest.starts_with("<?xml") {
            return self.skip_past("?>").map(|()| None);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return flaw(self.at, "only elements, text and comments are read");
        }
        if rest.starts_with("</") {
            return self.close().map(Some);
        }
        if rest.starts_with('<') {
            return self.open().map(Some);
        }
        let end = rest.find('<').unwrap_or(rest.len());
        self.at += end;
        Ok(Some(Token::Text(&rest[..end])))
    }

    fn skip_past(&mut self, end: &str) -> Result<(), Flaw> {
        let Some(found) = self.rest().find(end) else {
            return flaw(self.at, &format!("`{end}` is missing"));
        };
        self.at += found + end.len();
        Ok(())
    }

    fn close(&mut self) -> Result<Token<'t>, Flaw> {
        self.at += 2;
        let name = self.name("a name of an element")?;
        self.skip_space();
        self.expect('>')?;
        Ok(Token::Close { name })
    }

    fn open(&mut self) -> Result<Token<'t>, Flaw> {
        let at = self.at;
        self.at += 1;
        let name = self.name("a name of an element")?;
        let mut attributes: Vec<Attribute<'t>> = Vec::new();
        loop {
            let had_space = self.skip_space();
            let closed = self.rest().starts_with("/>");
            if closed || self.rest().starts_with('>') {
                self.at += if closed { 2 } else { 1 };
                return Ok(Token::Open {
                    name,
                    at,
                    attributes,
                    closed,
                });
            }
            if !had_space {
                return flaw(self.at, &format!("`<{name}` is not ended by `>`"));
            }
            let attribute = self.attribute()?;
            if attributes.iter().any(|known| known.name == attribute.name) {
                return flaw(attribute.at, &format!("`{}` is set twice", attribute.name));
            }
            attributes.push(attribute);
        }
    }

    fn attribute(&mut self) -> Result<Attribute<'t>, Flaw> {
        let at = self.at;
        let name = self.name("an attribute")?;
        self.skip_space();
        self.expect('=')?;
        self.skip_space();
        let quote = if self.rest().starts_with('\'') {
            '\''
        } else {
            '"'
        };
        self.expect(quote)?;
        let start = self.at;
        let rest = self.rest();
        let Some(length) = rest.find(quote) else {
            return flaw(start, &format!("the value of `{name}` is not closed"));
        };
        let value = &rest[..length];
        if let Some(less) = value.find('<') {
            return flaw(start + less, "a `<` in a value is written `&lt;`");
        }
        check_entities(value, start)?;
        self.at = start + length + 1;
        Ok(Attribute { name, value, at })
    }

    fn name(&mut self, wanted: &str) -> Result<&'t str, Flaw> {
        let rest = self.rest();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return flaw(self.at, &format!("{wanted} should stand here"));
        }
        self.at += end;
        Ok(&rest[..end])
    }

    fn skip_space(&mut self) -> bool {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start().len();
        self.at += length;
        length > 0
    }

    fn expect(&mut self, wanted: char) -> Result<(), Flaw> {
        if !self.rest().starts_with(wanted) {
            return flaw(self.at, &format!("`{wanted}` should stand here"));
        }
        self.at += wanted.len_utf8();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, at: usize, what: &str) {
        let what = what.to_owned();
        assert_eq!(tokens(text), Err(Flaw { at, what }));
    }

    #[test]
    fn a_drawing_is_taken_apart() {
        let read = tokens("<?xml version=\"1.0\"?>\n<svg a='b'><!-- c --><g/>t &amp;</svg>\n");
        assert_eq!(read.unwrap().len(), 6);
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        check("", 0, "there is no element");
        check("<svg>", 5, "`<svg>` is not closed");
        check("<svg></g></svg>", 5, "`</g>` closes `<svg>`");
        check("<svg/></svg>", 6, "`</svg>` closes nothing");
        check("<svg/><svg/>", 6, "there is a second outermost element");
        check("<svg a=b/>", 7, "`\"` should stand here");
        check("<svg a=\"b/>", 8, "the value of `a` is not closed");
        check("<svg a=\"b\" a=\"c\"/>", 11, "`a` is set twice");
        check("<svg>a & b</svg>", 7, "a `&` is written `&amp;`");
        check("<svg>&nbsp;</svg>", 5, "a `&` is written `&amp;`");
        check(
            "<!DOCTYPE svg><svg/>",
            0,
            "only elements, text and comments are read",
        );
        check("<svg", 4, "`<svg` is not ended by `>`");
        check("x<svg/>", 0, "there is text outside of all elements");
    }
}
