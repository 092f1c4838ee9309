//! What a command is given to read: a file, or the standard input.

use std::fs::File;
use std::io::{self, Read};

use super::answer::Problem;

/// The bytes of a file, of the standard input for `-`; at most one more than `most`, so that
/// whoever reads them sees that there are too many.
pub fn bytes(name: &str, most: usize) -> Result<Vec<u8>, Problem> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if name == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(name).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Problem(format!(
            "{name} cannot be read: {error}; name a file, or - for the standard input"
        ))),
    }
}
