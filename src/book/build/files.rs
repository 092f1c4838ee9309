//! The files of the content folder, read from disk or given by a test.

use super::{
    passage::{File, Place},
    problem::Problems,
};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// What stands before a file's name in a problem: the folder the author edits.
pub(super) const FOLDER: &str = "content/";

/// The files of the content folder: path in the folder (`chapters/x.md`, with `/`) and bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// Reads a folder with all that is in it. Names that begin with a dot are left out.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        let mut folders = vec![(PathBuf::from(folder), String::new())];
        while let Some((path, prefix)) = folders.pop() {
            for entry in fs::read_dir(path)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') {
                    continue;
                }
                if entry.path().is_dir() {
                    folders.push((entry.path(), format!("{prefix}{name}/")));
                } else {
                    files.insert(format!("{prefix}{name}"), fs::read(entry.path())?);
                }
            }
        }
        Ok(Self(files))
    }

    /// The same files as text. What is not UTF-8 or empty is a problem; it stays in the list as
    /// far as it can be read, so that links to it are not reported as well.
    pub(super) fn decode(&self, problems: &Problems) -> BTreeMap<&str, File> {
        let files = self.0.iter();
        files
            .map(|(path, bytes)| decode(path, bytes, problems))
            .collect()
    }
}

impl<P: Into<String>, T: Into<Vec<u8>>> FromIterator<(P, T)> for Files {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        let own = |(path, text): (P, T)| (path.into(), text.into());
        Self(files.into_iter().map(own).collect())
    }
}

fn decode<'a>(path: &'a String, bytes: &[u8], problems: &Problems) -> (&'a str, File) {
    let (text, bad) = match str::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            (str::from_utf8(good).unwrap_or_default(), true)
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = File {
        path: format!("{FOLDER}{path}"),
        text: text.replace("\r\n", "\n"),
    };
    if bad {
        let offset = file.text.len();
        let place = Place {
            file: &file,
            offset,
        };
        problems.report(
            place,
            "the file is not UTF-8 from here on",
            "save it as UTF-8",
        );
    } else if file.text.trim().is_empty() {
        let place = Place {
            file: &file,
            offset: 0,
        };
        problems.report(place, "the file is empty", "write it, or delete it");
    }
    (path, file)
}
