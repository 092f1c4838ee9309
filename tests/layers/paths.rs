//! Finds the paths that a Rust file names: `use` trees unfolded, `super` resolved.

/// A path and the line it stands in.
pub struct Named {
    /// `crate`, `sim`, `Run`; or a dependency's name first.
    pub path: Vec<String>,
    /// Counted from 1.
    pub line: usize,
}

/// Every path in the file (its name is relative to `src/`) that begins at the crate's root, at a
/// module above, or at a dependency.
pub fn of(file: &str, text: &str, dependencies: &[String]) -> Vec<Named> {
    let words = words(&without_tests(text));
    let module = module(file);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let inner = at >= 1 && is(&words, at - 1, "::");
        let root = words[at].0.as_str();
        let rooted = matches!(root, "crate" | "super")
            || (dependencies.iter().any(|name| name == root)
                && (is(&words, at + 1, "::") || at >= 1 && is(&words, at - 1, "use")));
        if rooted && !inner {
            let line = words[at].1;
            let mut paths = Vec::new();
            at = unfold(&words, at, &[], &mut paths);
            found.extend(paths.into_iter().map(|path| Named {
                path: resolved(&module, path),
                line,
            }));
        } else {
            at += 1;
        }
    }
    found
}

type Word = (String, usize);

fn is(words: &[Word], at: usize, text: &str) -> bool {
    words.get(at).is_some_and(|(word, _)| word == text)
}

/// Reads a path, or a tree of them in braces, from `at`; returns where it ends.
fn unfold(words: &[Word], mut at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        if is(words, at, "{") {
            at += 1;
            while at < words.len() && !is(words, at, "}") {
                let end = unfold(words, at, &path, paths);
                // A comma, or something that is no path at all.
                at = end.max(at + 1) + usize::from(is(words, end, ",") && end > at);
            }
            return at + 1;
        }
        let Some((word, _)) = words.get(at) else {
            break;
        };
        if !word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            break;
        }
        path.push(word.clone());
        at += 1;
        if !is(words, at, "::") {
            break;
        }
        at += 1;
    }
    paths.push(path);
    at
}

/// The module that a file holds: `crate`, `sim`, `clock_skew`.
fn module(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let parts = path.split('/').map(str::to_owned);
    std::iter::once("crate".to_owned()).chain(parts).collect()
}

fn resolved(module: &[String], path: Vec<String>) -> Vec<String> {
    let up = path
        .iter()
        .take_while(|segment| *segment == "super")
        .count();
    if up == 0 {
        return path;
    }
    let above = module.len().saturating_sub(up).max(1);
    let below = path.into_iter().skip(up);
    module.iter().take(above).cloned().chain(below).collect()
}

/// The text before the tests that stand at the end of a file.
fn without_tests(text: &str) -> String {
    let end = ["#[cfg(test)]\nmod ", "#![cfg(test)]"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min();
    text.get(..end.unwrap_or(text.len()))
        .unwrap_or(text)
        .to_owned()
}

/// Names, `::` and single marks, each with its line; comments and quoted text left out.
fn words(text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let end = end_of_word(&chars, at);
        let word: String = chars[at..end].iter().collect();
        let skipped = word.starts_with("//")
            || word.starts_with("/*")
            || word.contains('"')
            || word.starts_with('\'')
            || word.trim().is_empty();
        if !skipped {
            words.push((word.clone(), line));
        }
        line += word.matches('\n').count();
        at = end;
    }
    words
}

fn end_of_word(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let starts = |text: &str| {
        text.chars()
            .enumerate()
            .all(|(i, c)| rest.get(i) == Some(&c))
    };
    let until = |mark: &str, from: usize| {
        let mark: Vec<char> = mark.chars().collect();
        let found = rest.get(from..).and_then(|rest| {
            rest.windows(mark.len())
                .position(|window| window == mark.as_slice())
        });
        at + found.map_or(rest.len(), |found| from + found + mark.len())
    };
    if starts("//") {
        return until("\n", 0);
    }
    if starts("/*") {
        return until("*/", 2);
    }
    if starts("r\"") {
        return until("\"", 2);
    }
    if starts("r#\"") {
        return until("\"#", 3);
    }
    match rest[0] {
        '"' => at + end_of_string(rest),
        '\'' => at + end_of_char(rest),
        ':' if starts("::") => at + 2,
        c if c.is_alphanumeric() || c == '_' => {
            let name = |c: &&char| c.is_alphanumeric() || **c == '_';
            at + rest.iter().take_while(name).count()
        }
        _ => at + 1,
    }
}

/// Past the closing quote of a string.
fn end_of_string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// Past a character in quotes; of a lifetime only the quote, so that its name is left out with it.
fn end_of_char(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', ..] => {
            let close = rest.iter().skip(3).position(|c| *c == '\'');
            close.map_or(rest.len(), |close| close + 4)
        }
        ['\'', _, '\'', ..] => 3,
        _ => {
            1 + rest
                .iter()
                .skip(1)
                .take_while(|c| c.is_alphanumeric() || **c == '_')
                .count()
        }
    }
}
