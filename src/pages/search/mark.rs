//! What happens on arrival at a place that was found: the window scrolls to it, and its words are
//! marked. The words come from the hit and never from the address, and the page's elements stay
//! as they are: a browser without the CSS Custom Highlight API only scrolls.

use std::collections::BTreeSet;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Range, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::book::search::words;
use crate::kit::arrival::{Arrival, decoded};
use crate::kit::browser;

/// The name of the highlight, as in the style sheet.
const NAME: &str = "sought";
/// What holds a sentence.
const BLOCKS: &str = "p, li, td, th, dd, dt, pre, figcaption, summary, h1, h2, h3, h4";
const HEADINGS: &str = "h1, h2, h3, h4";
/// More words are not marked.
const MOST: usize = 1000;
/// Elements and text, for a walk through the page.
const ELEMENTS_AND_TEXT: u32 = 0x1 | 0x4;

/// A place that the reader is on the way to.
#[derive(Clone, Debug, Default)]
pub(super) struct Sought {
    /// Its page.
    pub(super) path: String,
    /// Its anchor there, without `#`; empty for the page itself.
    pub(super) anchor: String,
    /// Its words, folded.
    pub(super) words: Vec<String>,
}

/// Where the reader is going; one for the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way(StoredValue<Option<Sought>>);

impl Way {
    /// Waits for arrivals (in the browser).
    pub(super) fn new() -> Self {
        let way = Self(StoredValue::new(None));
        if let Some(arrival) = use_context::<Arrival>() {
            Effect::new(move |_| {
                if arrival.shown.get() > 0 {
                    way.arrive();
                }
            });
        }
        way
    }

    /// The reader follows a hit. On another page it is marked when that is shown.
    pub(super) fn go(self, sought: Sought) {
        let is_here = window().location().pathname().as_ref() == Ok(&sought.path);
        self.0.set_value(Some(sought));
        if is_here {
            // After the router has done its part.
            request_animation_frame(move || request_animation_frame(move || self.arrive()));
        }
    }

    fn arrive(self) {
        let here = window().location().pathname().unwrap_or_default();
        let sought = self.0.try_update_value(Option::take).flatten();
        if let Some(sought) = sought.filter(|sought| sought.path == here) {
            show(&sought);
        }
    }
}

/// Takes the marks away.
pub(super) fn clear() {
    let _ = try_clear();
}

fn show(sought: &Sought) -> Option<()> {
    clear();
    let place = match sought.anchor.as_str() {
        "" => document().query_selector("main h1").ok()??,
        anchor => document().get_element_by_id(&decoded(anchor))?,
    };
    let (ranges, blocks) = find(&place, &sought.words);
    let _ = mark(&ranges);
    // So that a screen reader reads on from there.
    browser::focus(&place);
    place.scroll_into_view();
    let best = best(&blocks)?;
    unfold(best);
    let rect = best.get_bounding_client_rect();
    if rect.top() < 0.0 || rect.bottom() > browser::window_size().1 {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        best.scroll_into_view_with_scroll_into_view_options(&options);
    }
    Some(())
}

/// A block of text with the words that it has.
type Block = (Element, BTreeSet<String>);

/// The words in the section that the place begins, or within the place.
fn find(place: &Element, sought: &[String]) -> (Array, Vec<Block>) {
    let ranges = Array::new();
    let mut blocks: Vec<Block> = Vec::new();
    let is_heading = place.matches(HEADINGS).unwrap_or_default();
    let root = match place.closest("main").ok().flatten() {
        Some(main) if is_heading => main,
        _ => place.clone(),
    };
    let Ok(walker) = document().create_tree_walker_with_what_to_show(&root, ELEMENTS_AND_TEXT)
    else {
        return (ranges, blocks);
    };
    walker.set_current_node(place);
    while let Ok(Some(node)) = walker.next_node() {
        if let Some(element) = node.dyn_ref::<Element>() {
            let is_next = element.has_attribute("id") && element.matches(HEADINGS) == Ok(true);
            if is_heading && is_next {
                break;
            }
            continue;
        }
        let text = node.node_value().unwrap_or_default();
        let block = node.parent_element();
        let block = block.and_then(|parent| parent.closest(BLOCKS).ok().flatten());
        for word in words(&text) {
            if !sought.contains(&word.folded) || blocks.len() > MOST {
                continue;
            }
            if let Some(range) = range(&node, &text, word.start..word.end) {
                ranges.push(&range);
            }
            let Some(block) = block.clone() else { continue };
            match blocks.last_mut().filter(|(last, _)| *last == block) {
                Some((_, found)) => drop(found.insert(word.folded)),
                None => blocks.push((block, BTreeSet::from([word.folded]))),
            }
        }
    }
    (ranges, blocks)
}

/// The first block with most of the words, of those that are not folded where there are any.
fn best(blocks: &[Block]) -> Option<&Element> {
    let worth = |(block, words): &Block| (fold(block).is_none(), words.len());
    let most = blocks.iter().map(worth).max()?;
    let best = blocks.iter().find(|block| worth(block) == most)?;
    Some(&best.0)
}

/// The closed fold around it. What stands above the fold is not in it.
fn fold(block: &Element) -> Option<Element> {
    if block.closest("summary").ok().flatten().is_some() {
        return None;
    }
    block.closest("details:not([open])").ok().flatten()
}

fn unfold(block: &Element) {
    while let Some(fold) = fold(block) {
        if fold.set_attribute("open", "").is_err() {
            return;
        }
    }
}

/// A part of a text, which the browser counts in UTF-16.
fn range(node: &Node, text: &str, part: std::ops::Range<usize>) -> Option<Range> {
    let count = |end: usize| u32::try_from(text.get(..end)?.encode_utf16().count()).ok();
    let range = document().create_range().ok()?;
    range.set_start(node, count(part.start)?).ok()?;
    range.set_end(node, count(part.end)?).ok()?;
    Some(range)
}

/// Called by name: the types of this API are not settled in web-sys.
fn mark(ranges: &Array) -> Result<(), JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"Highlight".into())?.dyn_into()?;
    let highlight = Reflect::construct(&class, ranges)?;
    let registry = registry()?;
    let set: Function = Reflect::get(&registry, &"set".into())?.dyn_into()?;
    set.call2(&registry, &NAME.into(), &highlight)?;
    Ok(())
}

fn try_clear() -> Result<(), JsValue> {
    let registry = registry()?;
    let delete: Function = Reflect::get(&registry, &"delete".into())?.dyn_into()?;
    delete.call1(&registry, &NAME.into())?;
    Ok(())
}

fn registry() -> Result<JsValue, JsValue> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into())?;
    Reflect::get(&css, &"highlights".into())
}
