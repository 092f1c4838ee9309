//! Text kept in the browser. Where storage is blocked, full or damaged the page goes on without.

/// Whether the browser lets the page keep anything at all.
pub fn is_there() -> bool {
    storage().is_some()
}

/// Reads what was kept under this key.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps text under this key; false where it could not.
pub fn write(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets what was kept under this key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// The keys that begin so, in no certain order.
pub fn keys(beginning: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let key = |place| storage.key(place).ok().flatten();
    let all = (0..storage.length().unwrap_or(0)).filter_map(key);
    all.filter(|key| key.starts_with(beginning)).collect()
}

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}
