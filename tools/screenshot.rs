//! A picture of a page, as Chromium shows it once the program has taken over.
//!
//! `screenshot DRIVER ADDRESS FILE WIDTH HEIGHT`: DRIVER is where ChromeDriver listens.

use std::error::Error;
use std::time::Duration;

use fantoccini::{ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;

const READY: &str = "html[data-ready]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [driver, address, file, width, height] = words.as_slice() else {
        return Err("usage: screenshot DRIVER ADDRESS FILE WIDTH HEIGHT".into());
    };
    let options = serde_json::json!({"goog:chromeOptions": {"args": [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]}});
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(options.as_object().cloned().unwrap_or_default())
        .connect(driver)
        .await?;
    client
        .set_window_size(width.parse()?, height.parse()?)
        .await?;
    client.goto(address).await?;
    client
        .wait()
        .at_most(Duration::from_secs(30))
        .for_element(Locator::Css(READY))
        .await?;
    // Two frames: one in which the program scrolls, one in which that is painted.
    client
        .execute_async(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));",
            vec![],
        )
        .await?;
    std::fs::write(file, client.screenshot().await?)?;
    client.close().await?;
    Ok(())
}
