//! The lab on the page, in the reader's words.

use fantoccini::key::Key;
use serde_json::json;

use crate::reader::Reader;
use crate::site;

/// The lab `clock-skew`, as a reader has it before them.
#[derive(Clone, Debug)]
pub struct Lab {
    /// Whose browser it is in.
    pub reader: Reader,
}

/// The name by which links call it.
pub const NAME: &str = "clock-skew";
const LAB: &str = "#lab-clock-skew";

impl Lab {
    /// Opens the chapter with the lab.
    pub async fn open(reader: Reader) -> Self {
        reader.open(&site::chapter()).await;
        Self { reader }
    }

    /// Opens the chapter with a run in its address: `clock-skew;scenario=drift`.
    pub async fn open_run(reader: Reader, run: &str) -> Self {
        // A page of its own: from the chapter itself it would only be another fragment.
        reader.open("/about/").await;
        reader.open(&format!("{}#run={run}", site::chapter())).await;
        Self { reader }
    }

    /// A JavaScript expression about the lab, whose element is `lab`.
    fn about(expression: &str) -> String {
        format!("(lab => {expression})(document.querySelector('{LAB}'))")
    }

    async fn text_of(&self, expression: &str) -> String {
        self.reader.text(&Self::about(expression)).await
    }

    /// Waits until something is true of the element `lab`.
    pub async fn until(&self, what: &str, expression: &str) {
        self.reader.until(what, &Self::about(expression)).await;
    }

    /// Asserts that something is true of the element `lab`.
    pub async fn expect(&self, what: &str, expression: &str) {
        self.reader.expect(what, &Self::about(expression)).await;
    }

    /// Presses one of its buttons: `play`, `step`, `reset`…
    pub async fn press(&self, button: &str) {
        self.reader
            .click(&format!("{LAB} [data-do='{button}']"))
            .await;
    }

    /// Presses a key while the focus is on the lab's log, which has no use for it.
    pub async fn key(&self, key: &str) {
        self.reader
            .run(&format!(
                "document.querySelector('{LAB} .lab-log').focus({{ preventScroll: true }})"
            ))
            .await;
        self.reader.press(key).await;
    }

    /// The same for a key without a letter.
    pub async fn special_key(&self, key: Key) {
        self.key(&char::from(key).to_string()).await;
    }

    /// Sets a parameter to a control's value: a slider's position, a menu's entry.
    pub async fn set(&self, parameter: &str, value: &str) {
        let control = format!("{LAB} [data-parameter='{parameter}']");
        self.reader.set(&control, value).await;
    }

    /// Chooses a named run.
    pub async fn choose(&self, scenario: &str) {
        self.reader
            .set(&format!("{LAB} [data-set='scenario']"), scenario)
            .await;
    }

    /// Moves the scrubber to this many microseconds.
    pub async fn scrub(&self, at: u64) {
        self.reader
            .set(&format!("{LAB} .scrub"), &at.to_string())
            .await;
    }

    /// Lets a machine write now.
    pub async fn write_on(&self, node: u8) {
        let form = format!("{LAB} form:has([data-act='write'])");
        self.reader
            .set(&format!("{form} > select"), &node.to_string())
            .await;
        self.reader
            .click(&format!("{form} [data-act='write']"))
            .await;
    }

    /// What the clock reads: `120 ms`.
    pub async fn clock(&self) -> String {
        self.text_of("lab.querySelector('.lab-clock').textContent")
            .await
    }

    /// The moment of the scrubber, in microseconds.
    pub async fn moment(&self) -> u64 {
        let text = self.text_of("lab.querySelector('.scrub').value").await;
        text.parse().unwrap()
    }

    /// The sentences of the log, the first event first.
    pub async fn log(&self) -> Vec<String> {
        let sentences =
            "[...lab.querySelectorAll('.lab-log .log-sentence')].map(e => e.textContent.trim())";
        let mut lines = self.reader.texts(&Self::about(sentences)).await;
        lines.reverse();
        lines
    }

    /// What the live region says.
    pub async fn said(&self) -> String {
        self.text_of("lab.querySelector('.lab-said[role=status]').textContent")
            .await
    }

    /// What it says of a link that it could not take as it stood.
    pub async fn notices(&self) -> Vec<String> {
        let shown = "[...lab.querySelectorAll('.lab-notices li')].filter(e => e.checkVisibility()).map(e => e.textContent)";
        self.reader.texts(&Self::about(shown)).await
    }

    /// Which named run is open; empty for the reader's own.
    pub async fn scenario(&self) -> String {
        self.text_of("lab.querySelector('[data-set=scenario]').value")
            .await
    }

    /// The picture, as text that changes whenever it does.
    pub async fn picture(&self) -> String {
        self.text_of("lab.querySelector('.lab-stage').innerHTML.replace(/<!--.*?-->/g, '')")
            .await
    }

    /// What a parameter's readout shows: `+50 ms`.
    pub async fn shown(&self, parameter: &str) -> String {
        let control = format!("lab.querySelector('[data-parameter={parameter}]')");
        self.text_of(&format!(
            "({control}.closest('.parameter').querySelector('output') ?? {control}).textContent"
        ))
        .await
    }

    /// Everything that a run decides, by name: what two readers of one link must both see.
    pub async fn everything(&self) -> serde_json::Value {
        let seen = "({
            clock: lab.querySelector('.lab-clock').textContent,
            scrub: [lab.querySelector('.scrub').value, lab.querySelector('.scrub').max],
            log: [...lab.querySelectorAll('.lab-log > li')].map(e => [e.textContent, e.getAttribute('aria-current')]),
            parameters: [...lab.querySelectorAll('[data-parameter]')]
                .map(e => [e.dataset.parameter, e.type === 'checkbox' ? e.checked : e.value]),
            readouts: [...lab.querySelectorAll('.parameter output')].map(e => e.textContent),
            verdicts: [...lab.querySelectorAll('.lab-verdicts li')]
                .map(e => [e.dataset.property, e.dataset.broken, e.textContent]),
            tables: [...lab.querySelectorAll('.lab-stage table')].map(e => e.textContent.replace(/\\s+/g, '')),
            pictures: [...lab.querySelectorAll('.lab-stage svg')].map(e => e.textContent.replace(/\\s+/g, '')),
        })";
        self.reader.see(&Self::about(seen)).await
    }

    /// The link to the run, from the button that makes it.
    pub async fn copy_link(&self) -> String {
        self.press("copy").await;
        self.until(
            "a link is made",
            "lab.querySelector('.lab-link input')?.value.includes('#run=')",
        )
        .await;
        self.text_of("lab.querySelector('.lab-link input').value")
            .await
    }

    /// Waits until the lab is at the top of the window.
    pub async fn until_in_view(&self) {
        let at_top = "(top => top > -4 && top < innerHeight / 2)(lab.getBoundingClientRect().top)";
        self.until("the lab is in view", at_top).await;
    }

    /// What is the same whenever the lab opens without a link.
    pub async fn expect_first_run(&self) {
        let first = happens_before::sim::lab(NAME)
            .unwrap()
            .scenarios
            .first()
            .unwrap();
        assert_eq!(
            self.scenario().await,
            first.id,
            "the lab's first run is not open"
        );
    }
}

/// Asserts that two readers see the same, and says where they do not.
pub fn assert_same(one: &serde_json::Value, other: &serde_json::Value, what: &str) {
    let (Some(left), Some(right)) = (one.as_object(), other.as_object()) else {
        panic!("{what}: {one} and {other}")
    };
    for (name, value) in left {
        let other = right.get(name).unwrap_or(&json!(null)).clone();
        assert!(
            *value == other,
            "{what}: {name} differs:\n  {value}\n  {other}"
        );
    }
}
