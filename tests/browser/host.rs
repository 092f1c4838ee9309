//! A host of its own for one test: it can be switched off, and the site on it can change.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::edition::{self, Edition};
use crate::server::Server;
use crate::site;

/// A copy of the built site, and a server for it.
pub struct Host {
    /// Where the start page is.
    pub address: &'static str,
    folder: PathBuf,
    path: &'static str,
    running: Option<Running>,
}

struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Host {
    /// A host that has the site at this path, and is on.
    pub fn at(path: &'static str) -> Self {
        let folder = fs::canonicalize(std::env::temp_dir()).expect("a place for temporary files");
        let folder = (0..)
            .map(|number| folder.join(format!("host-{}-{number}", std::process::id())))
            .find(|folder| fs::create_dir(folder).is_ok())
            .expect("a folder of that number is free");
        copy(&site::dist(), &folder);
        let mut host = Self {
            address: "",
            folder,
            path,
            running: None,
        };
        host.address = Box::leak(host.start(0).into_boxed_str());
        host
    }

    /// Answers again.
    pub fn switch_on(&mut self) {
        let port = self.address.split([':', '/']).nth(4);
        let port = port.and_then(|port| port.parse().ok()).expect("a port");
        self.start(port);
    }

    /// Answers no more, and ends the connections that there are.
    pub fn switch_off(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop.send(());
            running.thread.join().expect("the server ends");
        }
    }

    fn start(&mut self, port: u16) -> String {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let (folder, path) = (self.folder.clone(), self.path);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime for the server");
            // What serves the connections ends with the runtime.
            runtime.block_on(async {
                let server = Server::bind(&folder, path, port).await.expect("a server");
                tell.send(server.address.clone()).expect("somebody waits");
                tokio::select! {
                    _ = stopped => {}
                    _ = server.run() => {}
                }
            });
        });
        self.running = Some(Running { stop, thread });
        told.recv().expect("the server's address")
    }

    /// Replaces a piece of a file.
    pub fn change(&self, file: &str, piece: &str, with: &str) {
        let place = self.folder.join(file);
        let text = fs::read_to_string(&place).expect(file);
        assert!(text.contains(piece), "{file} has no {piece:?}");
        fs::write(place, text.replace(piece, with)).expect(file);
    }

    /// Gives a file another name.
    pub fn rename(&self, file: &str, to: &str) {
        fs::rename(self.folder.join(file), self.folder.join(to)).expect(file);
    }

    /// Makes what the site is now an edition.
    pub fn publish(&self) {
        edition::write_worker(&self.folder).expect("an edition");
    }

    /// As if somebody worked on the book here: `make dev` at the address of an edition.
    pub fn begin_a_draft(&self) {
        edition::write(&self.folder, Edition::Draft).expect("a draft");
        self.change(
            "index.html",
            "<meta name=\"offline\"",
            "<meta name=\"no-edition\"",
        );
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.switch_off();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the site can be read") {
        let entry = entry.expect("the site can be read");
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&place).expect("a folder");
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("a copy");
        }
    }
}
