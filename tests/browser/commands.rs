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

/// Asks what the console has said since it was last asked.
#[derive(Debug)]
pub struct Console;

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

impl WebDriverCompatibleCommand for Console {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        endpoint(base, session, "se/log")
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
