//! The few things asked of the browser. None of them panics where the browser refuses.
//! Only effects and event handlers call them, so never the host.

use leptos::prelude::{StoredValue, WithValue, document, on_cleanup, window};
use wasm_bindgen::closure::Closure;
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

/// Gives an element the focus, also one that the Tab key does not come to. The window stays where it is.
pub fn focus(place: &web_sys::Element) {
    if let Some(place) = place.dyn_ref::<web_sys::HtmlElement>() {
        if place.tab_index() < 0 && !place.has_attribute("tabindex") {
            place.set_tab_index(-1);
        }
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = place.focus_with_options(&options);
    }
}

/// The same for the first element that a selector finds: where the focus goes before what has it goes
/// from the page.
pub fn focus_on(selector: &str) {
    if let Some(place) = document().query_selector(selector).ok().flatten() {
        focus(&place);
    }
}

/// Width and height of what the window shows of the page, without scroll bars, in pixels.
pub fn window_size() -> (f64, f64) {
    let root = document().document_element();
    root.map_or((0.0, 0.0), |root| {
        (root.client_width().into(), root.client_height().into())
    })
}

/// Calls back for every event of this name on the page, before any other listener hears of it, as
/// long as the view lives.
pub fn before(event: &'static str, heard: impl Fn(&web_sys::Event) + 'static) {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        heard(&event);
    });
    let function = listener.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool(event, function, true);
    let kept = StoredValue::new_local(listener);
    on_cleanup(move || {
        kept.try_with_value(|listener| {
            let function = listener.as_ref().unchecked_ref();
            let _ = document().remove_event_listener_with_callback_and_bool(event, function, true);
        });
    });
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

/// The element that an event is about.
pub fn target(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

/// The element itself or the next one around it that fits.
pub fn closest(element: &web_sys::Element, selector: &str) -> Option<web_sys::Element> {
    element.closest(selector).ok().flatten()
}

/// All elements of the document that fit.
pub fn all(selector: &str) -> Vec<web_sys::Element> {
    list(document().query_selector_all(selector))
}

/// All elements within this one that fit.
pub fn all_in(element: &web_sys::Element, selector: &str) -> Vec<web_sys::Element> {
    list(element.query_selector_all(selector))
}

fn list(found: Result<web_sys::NodeList, JsValue>) -> Vec<web_sys::Element> {
    let Ok(found) = found else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|place| found.item(place));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Whether a `<details>` that has just been opened or folded is open.
pub fn is_open(event: &leptos::ev::Event) -> bool {
    target(event).is_some_and(|details| details.has_attribute("open"))
}

/// Hands a text to the reader as a file; false where the browser refuses.
pub fn download(name: &str, media_type: &str, text: &str) -> bool {
    try_download(name, media_type, text).is_some()
}

fn try_download(name: &str, media_type: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let anchor: web_sys::HtmlAnchorElement =
        document().create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The browser has to have begun to read it before it may go.
    leptos::prelude::set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(10),
    );
    Some(())
}

/// The text of a file that the reader chose; what is not UTF-8 in it is replaced.
pub async fn text_of_file(file: &web_sys::File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Lets an element fill the screen, where the browser has that and allows it.
pub async fn fill_screen(element: &web_sys::Element) {
    // Asked for by name: the call gives a promise that may fail, and a failure nobody awaits is
    // a message in the console.
    let Ok(ask) = js_sys::Reflect::get(element, &"requestFullscreen".into()) else {
        return;
    };
    let Some(ask) = ask.dyn_ref::<js_sys::Function>() else {
        return;
    };
    let Ok(promise) = ask
        .call0(element)
        .and_then(JsCast::dyn_into::<js_sys::Promise>)
    else {
        return;
    };
    let _refused = JsFuture::from(promise).await;
}

/// Gives the screen back, if anything fills it.
pub fn leave_screen() {
    if is_screen_filled() {
        document().exit_fullscreen();
    }
}

/// Whether anything fills the screen.
pub fn is_screen_filled() -> bool {
    document().fullscreen_element().is_some()
}

/// Calls back once, when the browser has nothing better to do.
pub fn when_idle(call: impl Fn() + 'static) {
    let window: JsValue = window().into();
    if js_sys::Reflect::has(&window, &"requestIdleCallback".into()).unwrap_or(false) {
        leptos::prelude::request_idle_callback(call);
    } else {
        leptos::prelude::set_timeout(call, std::time::Duration::from_secs(1));
    }
}

/// The browser's service workers; none where it has none, as at an address without https.
pub fn service_workers() -> Option<web_sys::ServiceWorkerContainer> {
    let navigator: JsValue = window().navigator().into();
    js_sys::Reflect::get(&navigator, &"serviceWorker".into())
        .ok()
        .filter(|workers| workers.is_object())
        .map(JsCast::unchecked_into)
}

/// Has the reader asked the browser to save data?
pub fn saves_data() -> bool {
    let navigator: JsValue = window().navigator().into();
    js_sys::Reflect::get(&navigator, &"connection".into())
        .and_then(|connection| js_sys::Reflect::get(&connection, &"saveData".into()))
        .is_ok_and(|saves| saves.is_truthy())
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}
