//! What a page beside the chapters lists: formulas, sources, learning paths, the concept map.
//!
//! Each is a fenced block of its own kind, and becomes HTML here. Nothing of it is program: the
//! pages can grow without it.

mod designs;
mod drawing;
mod formulas;
mod map;
mod path;
mod sources;

use super::{fence::Fence, pages::Whole, table::Document, writer::Writer};

/// The HTML of a block of one of the kinds in `fence::INSERTS`.
pub(super) fn write<'a>(writer: &mut Writer<'a>, whole: &Whole<'_>, fence: &Fence<'a>) -> String {
    match fence.kind.as_str() {
        "formulas" => return formulas::write(writer, whole, fence),
        "concept-map" => return map::write(writer, whole, fence),
        _ => {}
    }
    let name = format!("the block `{}`", fence.kind);
    let Some(document) = Document::parse(&fence.body, &name, writer.desk.problems) else {
        return String::new();
    };
    let table = document.table(&name, fence.place);
    match fence.kind.as_str() {
        "designs" => designs::write(writer, whole, table),
        "path" => path::write(writer, whole, fence, table),
        _ => sources::write(writer, table),
    }
}
