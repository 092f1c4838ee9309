//! The server itself: it answers as plain static hosts do.

use std::path::Path;

use crate::server::Server;
use crate::site;

/// The status of an answer, and where it leads.
fn answer(address: &str) -> (u16, Option<String>) {
    let answer = site::get(address);
    let place = answer
        .head
        .lines()
        .find_map(|line| line.strip_prefix("location: "));
    (answer.status, place.map(str::to_owned))
}

#[test]
fn a_folder_without_its_slash_leads_to_the_one_with_it() {
    let root = site::at_root().trim_end_matches('/');
    assert_eq!(
        answer(&format!("{root}/about")),
        (307, Some("/about/".to_owned()))
    );
    let below = site::below_a_path();
    assert_eq!(
        answer(below.trim_end_matches('/')),
        (307, Some("/a/b/".to_owned()))
    );
    assert_eq!(
        answer(&format!("{below}about")),
        (307, Some("/a/b/about/".to_owned()))
    );
}

#[test]
fn below_a_path_there_is_nothing_beside_it() {
    let host = site::below_a_path().trim_end_matches("/a/b/");
    for path in ["/", "/about/", "/a/", "/a/bb/"] {
        assert_eq!(answer(&format!("{host}{path}")), (404, None), "{path}");
    }
    assert_eq!(answer(&format!("{host}/a/b/about/")), (200, None));
}

#[test]
fn nothing_outside_of_the_folder_is_given_away() {
    for path in [
        "../Cargo.toml",
        "about/../../Cargo.toml",
        "%2e%2e/Cargo.toml",
        "..%2fCargo.toml",
    ] {
        assert_eq!(
            answer(&format!("{}{path}", site::at_root())),
            (404, None),
            "{path}"
        );
    }
}

#[test]
fn what_has_no_hash_in_its_name_is_to_be_asked_for_again() {
    let said = |file: &str, name: &str| {
        let answer = site::get(&format!("{}{file}", site::below_a_path()));
        let mut lines = answer.head.lines();
        let line = lines.find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_default().to_owned()
    };
    let for_ever = "public, max-age=31536000, immutable";
    for (file, kept, kind) in [
        ("", "no-cache", "text/html"),
        ("about/", "no-cache", "text/html"),
        ("nothing", "no-cache", "text/html"),
        ("sw.js", "no-cache", "text/javascript"),
        (
            "manifest.webmanifest",
            "no-cache",
            "application/manifest+json",
        ),
        ("data/contents.json", "no-cache", "application/json"),
        (
            &site::contents_file("glossary"),
            for_ever,
            "application/json",
        ),
    ] {
        assert_eq!(said(file, "cache-control"), kept, "{file}");
        assert_eq!(said(file, "content-type"), kind, "{file}");
    }
}

#[test]
fn a_compressed_file_is_sent_to_those_who_can_read_it_only() {
    let folder = std::env::temp_dir().join(format!("served-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        ("index.html", "plain"),
        ("index.html.gz", "zipped"),
        ("index.html.br", "brotli"),
        ("404.html", ""),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let address = site::serve(folder.clone(), "/");
    let text = |accepts: &str| site::get_with(&address, accepts).text;
    assert_eq!(text(""), "plain");
    assert_eq!(text("Accept-Encoding: gzip\r\n"), "zipped");
    assert_eq!(text("Accept-Encoding: gzip, br\r\n"), "brotli");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn what_cannot_be_served_is_refused_in_a_sentence() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let refusal = async |folder: &str, path: &str, port: u16| {
        Server::bind(&here.join(folder), path, port)
            .await
            .map(|server| server.address)
            .unwrap_err()
    };
    assert!(
        refusal("no-such-folder", "/", 0)
            .await
            .starts_with("there is no folder ")
    );
    assert_eq!(
        refusal("src", "/a b", 0).await,
        "\"/a b\" is not a path such as /a/b"
    );
    let first = Server::bind(&here.join("src"), "/", 0).await.unwrap();
    let port = first
        .address
        .trim_end_matches('/')
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(
        refusal("src", "/", port).await,
        format!("port {port} is taken; choose another: --port {}", port + 1)
    );
}
