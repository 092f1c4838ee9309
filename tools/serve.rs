//! Serves a folder (the built site) over HTTP on this machine: `serve dist --port 8080 --path /a/b`.

mod server;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use server::Server;

const USAGE: &str = "usage: serve FOLDER [--port PORT] [--path /a/b]";

fn main() -> ExitCode {
    match serve(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn serve(words: impl Iterator<Item = String>) -> Result<(), String> {
    let wish = Wish::read(words)?;
    let server = Server::bind(&wish.folder, &wish.path, wish.port).await?;
    if wish.port == 0 {
        // Nobody else knows which port it has become.
        let _ = writeln!(std::io::stdout(), "{}", server.address);
    }
    server.run().await
}

/// What the command line asks for.
struct Wish {
    folder: PathBuf,
    path: String,
    port: u16,
}

impl Wish {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut folder = None;
        let mut path = "/".to_owned();
        let mut port = 8080;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--port" => port = read_port(words.next())?,
                "--path" => path = words.next().ok_or(USAGE)?,
                option if option.starts_with('-') => {
                    return Err(format!("there is no option {option}; {USAGE}"));
                }
                _ if folder.is_none() => folder = Some(PathBuf::from(word)),
                _ => return Err(USAGE.to_owned()),
            }
        }
        let folder = folder.ok_or(USAGE)?;
        Ok(Self { folder, path, port })
    }
}

fn read_port(word: Option<String>) -> Result<u16, String> {
    let word = word.ok_or(USAGE)?;
    let Ok(port) = word.parse() else {
        return Err(format!("{word:?} is not a port from 0 to 65535"));
    };
    Ok(port)
}
