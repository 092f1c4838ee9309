//! What a page may do: nothing beyond its own host, and nothing that its policy does not name.

use serde_json::Value;

use crate::reader::visit;
use crate::site;

/// Keeps what the policy has refused. The listener is there before the page is.
const WATCH: &str = "window.refused = [];
    addEventListener('securitypolicyviolation', refusal => refused.push(
        `${refusal.effectiveDirective}: ${refusal.blockedURI} ${refusal.sample} (${refusal.sourceFile}:${refusal.lineNumber})`
    ), true);";

#[test]
fn every_page_keeps_to_its_policy_down_to_its_end() {
    visit().with_script(WATCH).read(|reader| async move {
        for page in site::every_page() {
            reader.open(&page.path).await;
            let policy = "document.querySelector('meta[http-equiv=Content-Security-Policy]')";
            reader.expect("the page has a policy", policy).await;
            // What is drawn only in the window is drawn now.
            reader
                .run(
                    "scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })",
                )
                .await;
            reader.until_drawn().await;
            let refused = reader.texts("refused").await;
            assert!(refused.is_empty(), "{}: {refused:#?}", page.path);
        }
    });
}

#[test]
fn a_reader_who_goes_from_page_to_page_meets_no_refusal() {
    visit().with_script(WATCH).read(|reader| async move {
        reader.open("/").await;
        reader.click(&site::link_to_chapter()).await;
        reader
            .until("the chapter is there", "document.querySelector('.lab')")
            .await;
        let lab = "getComputedStyle(document.querySelector('.lab')).borderTopStyle === 'solid'";
        reader.until("the labs’ style has come", lab).await;
        reader.until_drawn().await;
        reader.click(".site-nav > a[href*='glossary']").await;
        reader
            .until(
                "the glossary is there",
                "document.querySelector('.glossary')",
            )
            .await;
        let refused = reader.texts("refused").await;
        assert!(refused.is_empty(), "{refused:#?}");
        reader
            .expect(
                "no page was loaded anew",
                "'refused' in window && performance.getEntriesByType('navigation').length === 1",
            )
            .await;
    });
}

#[test]
fn what_is_slipped_into_a_page_is_not_run() {
    visit()
        .with_script(WATCH)
        .may_complain()
        .read(|reader| async move {
            reader.open(&site::chapter()).await;
            reader
                .run(
                    "const script = document.createElement('script');
                script.textContent = 'window.slipped = true';
                document.body.append(script);
                const button = document.createElement('p');
                button.innerHTML = '<img src=\"icon.svg\" onerror=\"window.slipped = true\">';
                document.body.append(button);
                const style = document.createElement('style');
                style.textContent = 'main { display: none }';
                document.body.append(style);
                fetch('http://127.0.0.1:1/').catch(() => {});",
                )
                .await;
            for directive in [
                "script-src-elem",
                "script-src-attr",
                "style-src-elem",
                "connect-src",
            ] {
                let seen = format!("refused.some(refusal => refusal.startsWith('{directive}:'))");
                reader
                    .until(&format!("the policy refuses: {directive}"), &seen)
                    .await;
            }
            reader
                .expect("nothing was run", "window.slipped === undefined")
                .await;
            reader
                .expect(
                    "the text is shown",
                    "document.querySelector('main').checkVisibility()",
                )
                .await;
        });
}

#[test]
fn a_program_that_was_changed_on_its_way_is_not_started() {
    // To the browser it is the same whether the program or its hash is another.
    let damage = "const real = window.fetch;
        window.fetch = (address, options) => String(address).endsWith('.wasm')
            ? real(address, { ...options, integrity: `sha384-${'A'.repeat(64)}` })
            : real(address, options);
        addEventListener('unhandledrejection', refusal => { window.why = String(refusal.reason); });";
    visit()
        .with_script(damage)
        .may_complain()
        .read(|reader| async move {
            reader.go_to(&reader.address("/about/")).await;
            reader.until("the browser refuses it", "window.why").await;
            let ready = "!document.documentElement.hasAttribute('data-ready')";
            reader.expect("it was not started", ready).await;
            reader
                .expect(
                    "the text is shown",
                    "document.querySelector('main h1').checkVisibility()",
                )
                .await;
        });
}

#[test]
fn nothing_is_asked_of_another_host() {
    visit().read(|reader| async move {
        // What was asked before belongs to the browser's own start.
        reader.requests().await;
        for page in site::pages() {
            reader.open(&page.path).await;
            reader.until_drawn().await;
        }
        reader.go_to(&reader.address("/licences/")).await;
        let asked = reader.requests().await;
        assert!(
            asked.len() > site::pages().len(),
            "the network was not watched: {asked:#?}"
        );
        let elsewhere: Vec<_> = asked
            .iter()
            .filter(|address| !address.starts_with(reader.site) && !address.starts_with("data:"))
            .collect();
        assert!(elsewhere.is_empty(), "asked elsewhere: {elsewhere:#?}");
    });
}

/// Every resource that the page's own HTML names is one of the site's.
#[test]
fn no_page_names_a_resource_of_another_host() {
    visit().read(|reader| async move {
        let named = "[...document.querySelectorAll('script[src], link[href], img[src], iframe[src], source[src], use[href]')]
            .filter(e => e.rel !== 'canonical')
            .map(e => e.src || e.href.baseVal || e.href)
            .filter(address => new URL(address, document.baseURI).origin !== location.origin)";
        for page in site::pages() {
            reader.open(&page.path).await;
            let found = reader.see(named).await;
            assert_eq!(found, Value::Array(Vec::new()), "{}", page.path);
        }
    });
}
