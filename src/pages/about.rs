//! What this book promises its readers, and how to host it.

use leptos::prelude::*;

use super::print::WHOLE_BOOK;
use crate::kit::arrival::arrive;

/// `/about/`
#[component]
pub fn AboutPage() -> impl IntoView {
    arrive(|| Some(format!("About · {}", super::head::BOOK)));
    view! {
        <div class="page prose">
            <h1 tabindex="-1">"About this book"</h1>
            <h2>"What is simulated is what is checked"</h2>
            <p>
                "A lab is a set of rules with a seed. The same rules that move on the page run in "
                "the project’s tests, and each lab is held to a published result: a formula, a "
                "table, an algorithm’s own example. Where a lab does not meet its reference, the "
                "page says so."
            </p>
            <h2>"A run is a value"</h2>
            <p>
                "Seed, settings, what you did and when, and the moment you look at: that is a run. "
                "It fits into a link. Whoever opens the link sees what you saw, to the microsecond."
            </p>
            <h2>"Keyboard"</h2>
            <p>
                "Every control can be reached with the tab key. Inside a lab, when no slider or "
                "menu has the focus: "<kbd>"Space"</kbd>" plays and pauses, "<kbd>"←"</kbd>" and "
                <kbd>"→"</kbd>" go to the event before and after, "<kbd>"Home"</kbd>" and "
                <kbd>"End"</kbd>" to the ends, "<kbd>"R"</kbd>" resets."
            </p>
            <h2>"Privacy"</h2>
            <p>
                "The pages ask nobody but the host they came from. What you choose and do is kept in "
                "this browser only; "
                <a href=super::your_data::ADDRESS>"your data"</a>
                " shows it, and lets you save or delete it."
            </p>
            <h2>"Host it yourself"</h2>
            <p>
                "The site is a folder of files. Any static host serves it, at any path, without a "
                "rebuild; so does "<code>"python3 -m http.server"</code>" from a memory stick."
            </p>
            <h2>"On paper"</h2>
            <p>
                "At the end of each chapter you can choose what is printed with it. There is also "
                <a href=WHOLE_BOOK rel="external">"the whole book on one page"</a>
                ", with all answers, which needs no program. Colours do not go to paper: a dark page "
                "prints black on white."
            </p>
            <h2>"Licences"</h2>
            <p>
                "The text is under the Creative Commons Attribution 4.0 licence, the code under MIT "
                "or Apache 2.0, as you prefer. The programs hold libraries of others: "
                // A page without the program; the router does not know it.
                <a href="licences/" rel="external">"their names and licences"</a>"."
            </p>
        </div>
    }
}
