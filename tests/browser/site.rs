//! The built site as the tests see it: served at two addresses, and what is in the book.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{OnceLock, mpsc};

use happens_before::book::{self, Book, Chapter, Files, Segment};
use happens_before::labs::catalog::Labs;
use happens_before::pages::head::{Head, all_pages};

use crate::server::Server;

/// The folder of the built site.
pub fn dist() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    assert!(
        folder.join("404.html").is_file(),
        "there is no built site in dist/ to test; build it with: make dist"
    );
    folder
}

/// Where the site's start page is, when it is served at the root of a host.
pub fn at_root() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| serve(dist(), "/"))
}

/// Where it is, when it is served below a path.
pub fn below_a_path() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| serve(dist(), "/a/b"))
}

/// Serves until the tests end.
pub fn serve(folder: PathBuf, path: &'static str) -> String {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime for the server");
        runtime.block_on(async {
            let server = Server::bind(&folder, path, 0).await.expect("a server");
            tell.send(server.address.clone()).expect("somebody waits");
            server.run().await
        })
    });
    told.recv().expect("the server's address")
}

/// The book, built from the same content, with its links numbered for paper.
pub fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let files = Files::read(&content).expect("content/ can be read");
        let mut book = book::build(&files, &Labs).0;
        // As the prerenderer does.
        book::add_notes(&mut book.chapters, &book.glossary);
        book
    })
}

/// The file with this part of the book, as the site's own list names it.
pub fn contents_file(part: &str) -> String {
    let list = std::fs::read_to_string(dist().join("data/contents.json")).expect("the list");
    let list: serde_json::Value = serde_json::from_str(&list).expect("the list is JSON");
    list[part].as_str().expect("a file").to_owned()
}

/// Every page of the book; of the questions' own pages, which are alike, the first.
pub fn pages() -> Vec<Head> {
    let questions = book().bank.questions.get(..1).unwrap_or_default();
    all_pages(&book().contents, &book().chapters, questions)
}

/// Every page that is written, each question's own included.
pub fn every_page() -> Vec<Head> {
    all_pages(&book().contents, &book().chapters, &book().bank.questions)
}

/// A chapter that has everything: text, labs, quiz items, predictions, exercises.
pub fn full_chapter() -> &'static Chapter {
    let has_lab = |chapter: &&Chapter| {
        let mut segments = chapter.segments.iter();
        segments.any(|segment| matches!(segment, Segment::Lab(_)))
    };
    let chapter = book().chapters.iter().find(has_lab);
    chapter.expect("the book has a chapter with a lab")
}

/// The path of a chapter that has everything: `/chapter/x/`.
pub fn chapter() -> String {
    format!("/chapter/{}/", full_chapter().card.slug)
}

/// Where the contents on the start page lead to it.
pub fn link_to_chapter() -> String {
    format!(".contents a[href='chapter/{}/']", full_chapter().card.slug)
}

/// That chapter's title.
pub fn chapter_title() -> String {
    full_chapter().card.title.clone()
}

/// What a server answers.
pub struct Answer {
    /// 200, 404, …
    pub status: u16,
    /// The lines before the text, in lower case.
    pub head: String,
    /// The text.
    pub text: String,
}

/// Asks for an address as a program without a browser does.
pub fn get(address: &str) -> Answer {
    get_with(address, "")
}

/// The same with more lines of the question's head, each with its end.
pub fn get_with(address: &str, lines: &str) -> Answer {
    let (host, path) = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .unwrap_or_else(|| panic!("{address} is no address"));
    let mut stream = TcpStream::connect(host).expect("the server answers");
    write!(
        stream,
        "GET /{path} HTTP/1.0\r\nHost: {host}\r\n{lines}\r\n"
    )
    .expect("the server listens");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the answer comes");
    let answer = String::from_utf8_lossy(&bytes);
    let (head, text) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    Answer {
        status: status.expect("a status"),
        head: head.to_lowercase(),
        text: text.to_owned(),
    }
}
