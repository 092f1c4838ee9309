//! An HTTP server for a folder of files, as a plain static host would serve it: on this machine
//! only, at the root or below a path, unknown addresses answered with the folder's `404.html`. Where
//! a file has another beside it that ends in `.br` or `.gz` (`tools/compress.mjs` makes them), that
//! one is sent to those who can read it.

use std::io;
use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Redirect, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_status::SetStatus;

/// A server that has its port, and answers once it runs.
#[derive(Debug)]
pub struct Server {
    /// Where the folder's start page is: `http://127.0.0.1:8080/a/b/`.
    pub address: String,
    listener: TcpListener,
    router: Router,
}

impl Server {
    /// Takes the port; 0 takes any that is free. `path` is where the folder is to be found:
    /// `/`, or `/a/b`.
    ///
    /// # Errors
    /// A sentence when there is no such folder, the path is none, or the port cannot be had.
    pub async fn bind(folder: &Path, path: &str, port: u16) -> Result<Self, String> {
        if !folder.is_dir() {
            return Err(format!("there is no folder {}", folder.display()));
        }
        let path = plain(path)?;
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .map_err(|error| refused(port, &error))?;
        let port = listener
            .local_addr()
            .map_err(|error| refused(port, &error))?
            .port();
        Ok(Self {
            address: format!("http://127.0.0.1:{port}{path}/"),
            listener,
            router: router(folder, &path),
        })
    }

    /// Answers for as long as nobody stops it.
    ///
    /// # Errors
    /// A sentence when the operating system closes the port.
    pub async fn run(self) -> Result<(), String> {
        axum::serve(self.listener, self.router)
            .await
            .map_err(|error| format!("the server stopped: {error}"))
    }
}

fn router(folder: &Path, path: &str) -> Router {
    let not_found = ServeFile::new(folder.join("404.html"));
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip()
        .redirect_path_prefix(path)
        .not_found_service(not_found.clone());
    pages(folder, path, files, not_found).layer(middleware::from_fn(say_how_long_it_keeps))
}

fn pages(
    folder: &Path,
    path: &str,
    files: ServeDir<SetStatus<ServeFile>>,
    not_found: ServeFile,
) -> Router {
    if path.is_empty() {
        return Router::new().fallback_service(files);
    }
    // As hosts do: relative addresses only hold below the slash.
    let home = format!("{path}/");
    let below = Router::new()
        .route("/", get(Redirect::temporary(&home)))
        .fallback_service(files);
    Router::new()
        .nest(path, below)
        .route_service(
            &home,
            ServeFile::new(folder.join("index.html"))
                .precompressed_br()
                .precompressed_gzip(),
        )
        .fallback_service(SetStatus::new(not_found, StatusCode::NOT_FOUND))
}

/// A file with a hash in its name never changes; all others are asked for again each time.
async fn say_how_long_it_keeps(request: Request, next: Next) -> Response {
    let forever = has_hash(request.uri().path());
    let mut response = next.run(request).await;
    let keeps = if forever && !response.status().is_client_error() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(keeps));
    response
}

/// Is there a hash of up to 16 hexadecimal digits in the file's name? `page-2604b2ec1ee0704c.css`
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    // Trunk leaves zeros at the beginning out.
    let is_hash =
        |word: &str| (8..=16).contains(&word.len()) && word.chars().all(|c| c.is_ascii_hexdigit());
    name.split(['-', '_', '.']).skip(1).any(is_hash)
}

/// The path with a slash before it and none after it: empty, or `/a/b`.
fn plain(path: &str) -> Result<String, String> {
    let inner = path.trim_matches('/');
    let folder = |name: &str| {
        let letter = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
        !name.is_empty() && name != "." && name != ".." && name.chars().all(letter)
    };
    match inner {
        "" => Ok(String::new()),
        inner if inner.split('/').all(folder) => Ok(format!("/{inner}")),
        _ => Err(format!("{path:?} is not a path such as /a/b")),
    }
}

fn refused(port: u16, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "port {port} is taken; choose another: --port {}",
                port.saturating_add(1)
            )
        }
        _ => format!("port {port} cannot be had: {error}"),
    }
}
