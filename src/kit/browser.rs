//! The few things asked of the browser. None of them panics where the browser refuses.
//! Only effects and event handlers call them, so never the host.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The path of the site's root without a slash at its end: empty, or `/a/b`.
pub fn site_path() -> String {
    site_address()
        .and_then(|base| web_sys::Url::new(&base).ok())
        .map(|url| url.pathname().trim_end_matches('/').to_owned())
        .unwrap_or_default()
}

/// The address of the site's root, as the page's `<base>` gives it.
pub fn site_address() -> Option<String> {
    document().base_uri().ok().flatten()
}

/// What the page's head says under this name: `<meta name="worker" content="…">`.
pub fn meta(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name={name}]"));
    meta.ok().flatten()?.get_attribute("content")
}

/// How many of the screen's pixels there are to one of the page's.
pub fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}

/// Says in the document that the program has taken over (tests and styles wait for it).
pub fn mark_ready() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-ready", "");
    }
}

/// Reads a text file of the site. `path` is relative to the site's root.
///
/// # Errors
/// A sentence for the reader when the file does not come.
pub async fn fetch_text(path: &str) -> Result<String, String> {
    let answer = JsFuture::from(window().fetch_with_str(path))
        .await
        .map_err(|_unexplained| {
            "The page could not be fetched: is the network there?".to_owned()
        })?;
    let answer: web_sys::Response = answer
        .dyn_into()
        .map_err(|_other| "The answer was not one.".to_owned())?;
    if !answer.ok() {
        return Err(format!(
            "The server answered {} for {path}.",
            answer.status()
        ));
    }
    text_of(&answer)
        .await
        .ok_or_else(|| "The page broke off while it was fetched.".to_owned())
}

async fn text_of(answer: &web_sys::Response) -> Option<String> {
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    text.as_string()
}

/// What follows `#` in the address, without it; empty where there is nothing.
pub fn fragment() -> String {
    window()
        .location()
        .hash()
        .map(|hash| hash.trim_start_matches('#').to_owned())
        .unwrap_or_default()
}

/// The address of this page with another fragment.
pub fn address_with_fragment(fragment: &str) -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    format!("{page}#{fragment}")
}

/// Puts text on the clipboard; false where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(clipboard) = clipboard() else {
        return false;
    };
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// The clipboard; none outside of secure contexts, where `navigator.clipboard` is undefined.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator: JsValue = window().navigator().into();
    js_sys::Reflect::get(&navigator, &"clipboard".into())
        .ok()
        .filter(|clipboard| clipboard.is_object())
        .map(JsCast::unchecked_into)
}

/// Does the reader ask for less motion?
pub fn wants_less_motion() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Milliseconds since the page was loaded; only differences mean anything.
pub fn milliseconds() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Brings the element with this id to the top of the window.
pub fn scroll_to_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
    }
}
