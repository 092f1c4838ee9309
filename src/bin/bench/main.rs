//! Measures how fast the simulations are, natively and as WebAssembly: `make bench`.
//!
//! Natively it prints one JSON line for each case. As WebAssembly it exports [`measure`], which the
//! page of `tools/bench.rs` calls in a real browser. Nothing here is asserted.

mod cases;
mod clock;
mod replicate;

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "it is what the program is for")]
fn main() {
    for case in cases::ALL {
        for size in case.sizes {
            println!("{}", cases::measure(case, *size));
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

/// Measures a case by its number, at one of its sizes by its number, and gives a JSON line; nothing
/// if there is no such case.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
pub fn measure(case: usize, size: usize) -> Option<String> {
    let case = cases::ALL.get(case)?;
    Some(cases::measure(case, *case.sizes.get(size)?))
}
