//! A reader: somebody with a browser of their own, in which nothing is kept from before.

use std::future::Future;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{commands, driver, site};

/// How long a condition may take to come true; only what is broken takes that long.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a reader's browser is like.
pub struct Visit {
    site: &'static str,
    program: bool,
    may_complain: bool,
    keeps_the_book: bool,
    before: Option<&'static str>,
}

/// Before any page's own script: then this browser has no service workers. Otherwise each test would
/// fetch the whole book, and what a page asks for would not always come from the server.
const KEEP_NOTHING: &str = "delete Navigator.prototype.serviceWorker;";

/// An ordinary browser; the site is at the root of its host.
pub fn visit() -> Visit {
    Visit {
        site: site::at_root(),
        program: true,
        may_complain: false,
        keeps_the_book: false,
        before: None,
    }
}

impl Visit {
    /// The site is at `/a/b/`.
    pub fn below_a_path(self) -> Self {
        let site = site::below_a_path();
        Self { site, ..self }
    }

    /// The site is at this address.
    pub fn at(self, site: &'static str) -> Self {
        Self { site, ..self }
    }

    /// The browser keeps the book for reading without network.
    pub fn keeps_the_book(self) -> Self {
        Self {
            keeps_the_book: true,
            ..self
        }
    }

    /// JavaScript is off.
    pub fn without_javascript(self) -> Self {
        Self {
            program: false,
            ..self
        }
    }

    /// The browser's console may have messages.
    pub fn may_complain(self) -> Self {
        Self {
            may_complain: true,
            ..self
        }
    }

    /// This script runs before each page's own.
    pub fn with_script(self, script: &'static str) -> Self {
        Self {
            before: Some(script),
            ..self
        }
    }

    /// Opens the browser, lets the story happen, and closes it. A story that fails tells what the
    /// browser showed; one that succeeds must have left the console empty.
    pub fn read<S, F>(self, story: S)
    where
        S: FnOnce(Reader) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime for the test");
        runtime.block_on(async move {
            let may_complain = self.may_complain;
            let reader = self.open_browser().await;
            let mut ended = tokio::spawn(story(reader.clone())).await.map_err(Some);
            let shown = match &ended {
                Ok(()) => String::new(),
                Err(_) => reader.what_is_shown().await,
            };
            let console = reader.console().await;
            reader.close().await;
            if ended.is_ok() && !may_complain && !console.is_empty() {
                ended = Err(None);
            }
            if let Err(failure) = ended {
                eprintln!("{shown}\nthe console: {console:#?}");
                match failure {
                    Some(failure) => std::panic::resume_unwind(failure.into_panic()),
                    None => panic!("the console has messages: {console:#?}"),
                }
            }
        });
    }

    /// The browser alone, for a story of two readers.
    pub async fn open_browser(self) -> Reader {
        let mut arguments = vec![
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,800",
        ];
        if !self.program {
            arguments.push("--blink-settings=scriptEnabled=false");
        }
        let wishes = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": { "args": arguments },
        });
        let Value::Object(wishes) = wishes else {
            unreachable!("it is an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wishes)
            .connect(driver::address())
            .await
            .unwrap_or_else(|error| panic!("Chromium did not start: {error}"));
        let reader = Reader {
            client,
            site: self.site,
            program: self.program,
        };
        let keep_nothing = (!self.keeps_the_book).then_some(KEEP_NOTHING);
        for source in keep_nothing.into_iter().chain(self.before) {
            let wish = json!({ "source": source });
            reader
                .devtools("Page.addScriptToEvaluateOnNewDocument", wish)
                .await;
        }
        reader
    }
}

/// Somebody with a browser.
#[derive(Clone, Debug)]
pub struct Reader {
    client: Client,
    /// The address of the site's start page, with a slash at its end.
    pub site: &'static str,
    program: bool,
}

fn done<T>(what: &str, result: Result<T, CmdError>) -> T {
    result.unwrap_or_else(|error| panic!("{what}: {error}"))
}

impl Reader {
    /// The full address of a page: `/about/`.
    pub fn address(&self, page: &str) -> String {
        format!("{}{}", self.site, page.trim_start_matches('/'))
    }

    /// Loads a page and waits until the program has taken over (where there is one), and its labs'.
    pub async fn open(&self, page: &str) {
        self.go_to(&self.address(page)).await;
        if self.program {
            self.until_ready().await;
        }
    }

    /// Loads an address, and waits for nothing more.
    pub async fn go_to(&self, address: &str) {
        done(address, self.client.goto(address).await);
    }

    /// Waits until the program has taken over, touches each lab, and waits until it can be moved.
    pub async fn until_ready(&self) {
        self.until_page_ready().await;
        self.run(
            "document.querySelectorAll('.lab-place').forEach(lab => lab.dispatchEvent(new Event('focusin', { bubbles: true })))",
        )
        .await;
        self.until(
            "the labs can be moved",
            "!document.querySelector('.lab-place:not([data-ready])')",
        )
        .await;
    }

    /// Waits until the page's program has taken over; labs that nobody came near may still wait.
    pub async fn until_page_ready(&self) {
        let ready = "document.documentElement.hasAttribute('data-ready')";
        self.until("the program has taken over", ready).await;
        let laid = "!document.querySelector('.chapter-body') || document.documentElement.hasAttribute('data-laid')";
        self.until("everything has its place", laid).await;
        let style = "!document.querySelector('head > noscript') || document.querySelector('head > link[rel=stylesheet]')?.sheet";
        self.until("all of the style is there", style).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        done("reload", self.client.refresh().await);
        self.until_ready().await;
    }

    /// The browser's back button.
    pub async fn back(&self) {
        done("back", self.client.back().await);
    }

    /// The address in the browser's address field.
    pub async fn current_address(&self) -> String {
        done("address", self.client.current_url().await).to_string()
    }

    /// The value of a JavaScript expression.
    pub async fn see(&self, expression: &str) -> Value {
        self.see_with(expression, Vec::new()).await
    }

    /// The value of a JavaScript expression that uses `arguments`.
    pub async fn see_with(&self, expression: &str, arguments: Vec<Value>) -> Value {
        let script = format!("return ({expression});");
        done(expression, self.client.execute(&script, arguments).await)
    }

    /// The value of an expression that is text.
    pub async fn text(&self, expression: &str) -> String {
        match self.see(expression).await {
            Value::String(text) => text,
            other => panic!("{expression} is {other}, not text"),
        }
    }

    /// The value of an expression that is a list of texts.
    pub async fn texts(&self, expression: &str) -> Vec<String> {
        let seen = self.see(expression).await;
        serde_json::from_value(seen.clone())
            .unwrap_or_else(|_| panic!("{expression} is {seen}, not a list of texts"))
    }

    /// The list of texts that a script hands to its last argument.
    pub async fn wait_for_texts(&self, script: &str) -> Vec<String> {
        let seen = done(script, self.client.execute_async(script, Vec::new()).await);
        serde_json::from_value(seen.clone())
            .unwrap_or_else(|_| panic!("{script} gave {seen}, not a list of texts"))
    }

    /// Does something in the page.
    pub async fn run(&self, script: &str) {
        done(script, self.client.execute(script, Vec::new()).await);
    }

    /// Asserts that an expression is true now.
    pub async fn expect(&self, what: &str, expression: &str) {
        let seen = self.see(&format!("!!({expression})")).await;
        assert!(seen == json!(true), "not so: {what} ({expression})");
    }

    /// Waits until an expression is true.
    pub async fn until(&self, what: &str, expression: &str) {
        let condition = async {
            // While a page is being replaced there is nothing to ask.
            while !matches!(
                self.client
                    .execute(&format!("return !!({expression});"), Vec::new())
                    .await,
                Ok(Value::Bool(true))
            ) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, condition).await.is_err() {
            panic!("it never came so far that {what} ({expression})");
        }
    }

    /// Waits until an expression gives a promise of something true.
    pub async fn until_promised(&self, what: &str, expression: &str) {
        let condition = async {
            while self.see(expression).await != json!(true) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, condition).await.is_err() {
            panic!("it never came so far that {what} ({expression})");
        }
    }

    /// The window that is used now.
    pub async fn window(&self) -> WindowHandle {
        done("window", self.client.window().await)
    }

    /// Opens another window, and uses it from now on.
    pub async fn open_window(&self) -> WindowHandle {
        let window = done("a new window", self.client.new_window(true).await).handle;
        self.go_to_window(window.clone()).await;
        window
    }

    /// Uses another window.
    pub async fn go_to_window(&self, window: WindowHandle) {
        done("window", self.client.switch_to_window(window).await);
    }

    /// The element that a selector finds, waited for.
    pub async fn find(&self, selector: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE);
        done(selector, wait.for_element(Locator::Css(selector)).await)
    }

    /// Clicks on it, as with a mouse.
    pub async fn click(&self, selector: &str) {
        self.run(&format!(
            "document.querySelector({}).scrollIntoView({{block: 'center', behavior: 'instant'}})",
            json!(selector)
        ))
        .await;
        done(selector, self.find(selector).await.click().await);
    }

    /// Types text, or presses keys, wherever the focus is.
    pub async fn press(&self, keys: &str) {
        let focused = done("focus", self.client.active_element().await);
        done("keys", focused.send_keys(keys).await);
    }

    /// Presses a key that has no letter.
    pub async fn press_key(&self, key: Key) {
        self.press(&char::from(key).to_string()).await;
    }

    /// Chooses in a menu, moves a slider or fills a field, as a reader's input does.
    pub async fn set(&self, selector: &str, value: &str) {
        self.find(selector).await;
        let script = "const field = document.querySelector(arguments[0]);
            field.focus();
            if (field.type === 'checkbox') { field.click(); return; }
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));";
        let words = vec![json!(selector), json!(value)];
        done(selector, self.client.execute(script, words).await);
    }

    /// Makes the window this wide, and 740 high.
    pub async fn set_width(&self, width: u32) {
        let size =
            json!({ "width": width, "height": 740, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// Asks for less motion, as the system's settings do.
    pub async fn ask_for_less_motion(&self) {
        let wish = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.devtools("Emulation.setEmulatedMedia", wish).await;
    }

    /// Cuts the network.
    pub async fn lose_the_network(&self) {
        let wish = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
        self.devtools("Network.enable", json!({})).await;
        self.devtools("Network.emulateNetworkConditions", wish)
            .await;
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, wish: Value) -> Value {
        let call = commands::DevTools {
            command: command.to_owned(),
            wish,
        };
        done(command, self.client.issue_cmd(call).await)
    }

    /// What the console has said since it was last asked.
    pub async fn console(&self) -> Vec<String> {
        let line = |entry: &Value| format!("{} {}", entry["level"], entry["message"]);
        self.log(commands::Log::Console)
            .await
            .iter()
            .map(line)
            .collect()
    }

    /// The addresses that the browser has asked for since it was last asked, in whatever way.
    pub async fn requests(&self) -> Vec<String> {
        let address = |entry: &Value| {
            let entry: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &entry["message"];
            (event["method"] == "Network.requestWillBeSent")
                .then(|| {
                    event["params"]["request"]["url"]
                        .as_str()
                        .map(str::to_owned)
                })
                .flatten()
        };
        let entries = self.log(commands::Log::Network).await;
        entries.iter().filter_map(address).collect()
    }

    async fn log(&self, log: commands::Log) -> Vec<Value> {
        match self.client.issue_cmd(log).await {
            Ok(Value::Array(entries)) => entries,
            other => panic!("the log could not be read: {other:?}"),
        }
    }

    /// Opens all that is folded within an element, and waits for what labs make only then.
    pub async fn unfold_all(&self, within: &str) {
        let folded = format!("[...document.querySelectorAll(`{within} details`)]");
        self.run(&format!("{folded}.forEach(fold => fold.open = true)"))
            .await;
        self.until(
            "all that was folded is there",
            &format!(
                "{folded}.every(fold => fold.childElementCount > 1 || !fold.closest('.lab-place[data-ready]'))"
            ),
        )
        .await;
    }

    /// Two frames later everything that was to be drawn is drawn.
    pub async fn until_drawn(&self) {
        let script = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)));";
        done(
            "frames",
            self.client.execute_async(script, Vec::new()).await,
        );
    }

    async fn what_is_shown(&self) -> String {
        let seen = "return {
            address: location.href,
            title: document.title,
            ready: document.documentElement.hasAttribute('data-ready'),
            scroll: scrollY,
            focus: (document.activeElement || document.body).outerHTML.slice(0, 200),
            text: document.body.innerText.slice(0, 800),
        };";
        match self.client.execute(seen, Vec::new()).await {
            Ok(seen) => format!("the browser showed: {seen:#}"),
            Err(error) => format!("the browser showed nothing: {error}"),
        }
    }

    /// Closes the browser.
    pub async fn close(self) {
        done("close", self.client.close().await);
    }
}
