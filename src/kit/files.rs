//! Files of the reader: read, and given to be kept.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// What a file that the reader has chosen says; nothing where it cannot be read.
pub async fn read(file: &web_sys::File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Gives the reader a text as a file of that name; false where the browser refuses.
pub fn save(name: &str, text: &str) -> bool {
    let address = format!(
        "data:text/plain;charset=utf-8,{}",
        String::from(js_sys::encode_uri_component(text))
    );
    let link = document().create_element("a").ok();
    let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    let set = link.set_attribute("href", &address).is_ok()
        && link.set_attribute("download", name).is_ok();
    if set {
        link.click();
    }
    set
}
