//! Commands of ChromeDriver that WebDriver does not have.

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command of the DevTools protocol.
#[derive(Debug)]
pub struct DevTools {
    /// Its name: `Emulation.setEmulatedMedia`.
    pub command: String,
    /// What it is given.
    pub wish: Value,
}

/// Asks what a log of ChromeDriver has got since it was last asked.
#[derive(Debug)]
pub enum Log {
    /// What the console has said.
    Console,
    /// What the browser has asked of the network, among much else.
    Network,
}

fn endpoint(base: &Url, session: Option<&str>, name: &str) -> Result<Url, ParseError> {
    base.join(&format!("session/{}/{name}", session.unwrap_or_default()))
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        endpoint(base, session, "goog/cdp/execute")
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.wish });
        (Method::POST, Some(body.to_string()))
    }
}

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        endpoint(base, session, "se/log")
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let kind = match self {
            Self::Console => "browser",
            Self::Network => "performance",
        };
        (Method::POST, Some(json!({ "type": kind }).to_string()))
    }
}
