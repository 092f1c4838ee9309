//! The book without network, on the page's side: asks for the service worker when the page is laid
//! out, since to fetch a whole book is work for a phone; says in the footer how it stands, and offers
//! a new edition when one is there.
//!
//! The worker itself is `src/bin/prerender/sw.js`.

mod report;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

pub use report::{Report, Stage, Standing, Why};

use super::{browser, slices};

/// The name of the `<meta>` that pages of a finished edition have, with the book's size in megabytes.
const META: &str = "offline";
/// The worker's file, in the site's root.
const WORKER: &str = "sw.js";

/// Why the reader is offered to load the page anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    /// A new edition is kept, and waits.
    Ready,
    /// It has been loaded in another window already.
    Elsewhere,
}

impl News {
    fn words(self) -> &'static str {
        match self {
            Self::Ready => "A new edition of the book is there.",
            Self::Elsewhere => {
                "Another window has loaded a new edition. This page stays with the one before."
            }
        }
    }
}

/// The panel for the footer, and the bar at the window's lower edge.
#[component]
pub fn Offline() -> impl IntoView {
    let keeper = Keeper::new();
    let Keeper { standing, news, .. } = keeper;
    Effect::new(move |_| slices::when_laid(move || keeper.begin()));
    let progress = move || standing.with(Standing::progress);
    let button = move || standing.with(Standing::button);
    view! {
        <div class="offline">
            <p>{move || standing.with(Standing::words)}</p>
            <progress
                aria-label="How much of the book is kept"
                hidden=move || progress().is_none()
                max=move || progress().map_or(1, |(_, total)| total)
                value=move || progress().map_or(0, |(kept, _)| kept)
            ></progress>
            <button
                type="button"
                hidden=move || button().is_none()
                on:click=move |_| keeper.try_again()
            >
                {move || button().unwrap_or_default()}
            </button>
        </div>
        <div role="status">
            <div class="edition-bar" hidden=move || news.get().is_none()>
                <p>{move || news.get().map(News::words)}</p>
                <button type="button" data-do="load" on:click=move |_| keeper.load_new()>
                    "Load it"
                </button>
                <button type="button" data-do="later" on:click=move |_| news.set(None)>
                    "Later"
                </button>
            </div>
        </div>
    }
}

/// What the page knows about its service worker.
#[derive(Clone, Copy)]
struct Keeper {
    standing: RwSignal<Standing>,
    news: RwSignal<Option<News>>,
    registration: StoredValue<Option<ServiceWorkerRegistration>, LocalStorage>,
    /// An edition was at work when the page was loaded: another that takes over is a new one.
    had_edition: StoredValue<bool>,
}

impl Keeper {
    fn new() -> Self {
        Self {
            standing: RwSignal::default(),
            news: RwSignal::new(None),
            registration: StoredValue::new_local(None),
            had_edition: StoredValue::new(false),
        }
    }

    fn begin(self) {
        let Some(megabytes) = browser::meta(META) else {
            return;
        };
        let Some(workers) = browser::service_workers() else {
            self.standing.set(Standing::Impossible);
            return;
        };
        self.had_edition.set_value(workers.controller().is_some());
        self.listen(&workers);
        spawn_local(async move {
            if browser::saves_data() && !is_registered(&workers).await {
                self.standing.set(Standing::Asks(megabytes));
            } else {
                self.register(&workers).await;
            }
        });
    }

    /// Hears what the workers of all editions say, and when another takes over.
    fn listen(self, workers: &ServiceWorkerContainer) {
        let hear = Closure::<dyn Fn(_)>::new(move |event: web_sys::MessageEvent| {
            if let Some(report) = event.data().as_string().as_deref().and_then(Report::read) {
                self.take(report);
            }
        });
        let change = Closure::<dyn Fn()>::new(move || {
            if self.had_edition.get_value() {
                self.news.set(Some(News::Elsewhere));
            }
            self.had_edition.set_value(true);
        });
        workers.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        workers.set_oncontrollerchange(Some(change.as_ref().unchecked_ref()));
        // They live as long as the page.
        hear.forget();
        change.forget();
    }

    fn take(self, report: Report) {
        if report.is_new && report.stage == Stage::Whole {
            self.news.set(Some(News::Ready));
        }
        self.standing.set(Standing::Reported(report));
    }

    async fn register(self, workers: &ServiceWorkerContainer) {
        let answer = JsFuture::from(workers.register(WORKER)).await;
        let Some(registration) = answer.ok().and_then(|it| it.dyn_into().ok()) else {
            self.standing.set(Standing::Refused);
            return;
        };
        let registration: ServiceWorkerRegistration = registration;
        if let Some(active) = registration.active() {
            tell(&active, "report");
            if registration.waiting().is_some() {
                self.news.set(Some(News::Ready));
            }
        }
        self.registration.set_value(Some(registration));
    }

    /// The panel's button.
    fn try_again(self) {
        let registration = self.registration.get_value();
        match registration.and_then(|registration| registration.active()) {
            Some(active) => tell(&active, "keep"),
            None => spawn_local(async move {
                if let Some(workers) = browser::service_workers() {
                    self.register(&workers).await;
                }
            }),
        }
    }

    /// The reader agrees to the new edition: once it is at work, the page is loaded anew.
    fn load_new(self) {
        let registration = self.registration.get_value();
        let next = registration.and_then(|it| it.waiting().or_else(|| it.installing()));
        let Some(next) = next else {
            browser::reload();
            return;
        };
        // What takes over now is what the reader wants, and no news.
        self.had_edition.set_value(false);
        let watched = next.clone();
        let change = Closure::<dyn Fn()>::new(move || {
            if watched.state() != ServiceWorkerState::Installed {
                browser::reload();
            }
        });
        next.set_onstatechange(Some(change.as_ref().unchecked_ref()));
        change.forget();
        tell(&next, "take over");
    }
}

/// Whether this book, not one above it, has a worker in this browser.
async fn is_registered(workers: &ServiceWorkerContainer) -> bool {
    let known = JsFuture::from(workers.get_registration()).await.ok();
    known
        .and_then(|known| known.dyn_into::<ServiceWorkerRegistration>().ok())
        .is_some_and(|known| Some(known.scope()) == browser::site_address())
}

fn tell(worker: &ServiceWorker, order: &str) {
    let _ = worker.post_message(&JsValue::from_str(order));
}
