//! The lab `logical-clocks`: a diagram drawn by pointer, by keyboard and in a narrow window, two
//! events compared, stamps filled in, and logs loaded and saved.

use fantoccini::key::Key;
use serde_json::json;

use crate::reader::{Reader, visit};
use crate::site;

const LAB: &str = "#lab-logical-clocks";
/// A process takes so many pixels.
const LANE: f64 = 76.0;

/// The lab as a reader has it before them.
struct Diagram {
    reader: Reader,
}

impl Diagram {
    async fn open(reader: Reader) -> Self {
        reader.open(&site::chapter()).await;
        let diagram = Self { reader };
        diagram.show("svg.clock-diagram").await;
        diagram
    }

    /// A JavaScript expression about the lab, whose element is `lab`.
    fn about(expression: &str) -> String {
        format!("(lab => {expression})(document.querySelector('{LAB}'))")
    }

    async fn until(&self, what: &str, expression: &str) {
        self.reader.until(what, &Self::about(expression)).await;
    }

    /// Scrolls something of the lab into the middle of the window.
    async fn show(&self, selector: &str) {
        let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })";
        let words = vec![json!(format!("{LAB} {selector}"))];
        self.reader
            .see_with(&format!("{script} ?? true"), words)
            .await;
    }

    /// What the events are, in the order of time.
    async fn events(&self) -> Vec<String> {
        let all =
            "[...lab.querySelectorAll('.clock-event')].map(e => e.getAttribute('aria-label'))";
        self.reader.texts(&Self::about(all)).await
    }

    /// Waits until the events are these.
    async fn until_events(&self, expected: &[&str]) {
        let all =
            "[...lab.querySelectorAll('.clock-event')].map(e => e.getAttribute('aria-label'))";
        self.until(
            &format!("the events are {expected:?}"),
            &format!(
                "JSON.stringify({all}) === {}",
                json!(json!(expected).to_string())
            ),
        )
        .await;
    }

    /// Where an event stands in the window.
    async fn place(&self, event: usize) -> (f64, f64) {
        let middle = format!(
            "(r => [r.x + r.width / 2, r.y + r.height / 2])(lab.querySelectorAll('.clock-mark')[{event}].getBoundingClientRect())"
        );
        self.point(&middle).await
    }

    /// A point of the line of a process, at a share of the picture's width.
    async fn on_line(&self, process: u32, share: f64) -> (f64, f64) {
        let y = LANE * (f64::from(process) + 0.5);
        let point = format!(
            "(r => [r.x + r.width * {share}, r.y + {y}])(lab.querySelector('svg.clock-diagram').getBoundingClientRect())"
        );
        self.point(&point).await
    }

    async fn point(&self, expression: &str) -> (f64, f64) {
        let seen = self.reader.see(&Self::about(expression)).await;
        (seen[0].as_f64().unwrap(), seen[1].as_f64().unwrap())
    }

    async fn mouse(&self, what: &str, (x, y): (f64, f64)) {
        let wish = json!({ "type": what, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
        self.reader.devtools("Input.dispatchMouseEvent", wish).await;
    }

    /// Presses the mouse at one point and lets go of it at another.
    async fn pull(&self, from: (f64, f64), to: (f64, f64)) {
        self.mouse("mousePressed", from).await;
        let half = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        self.mouse("mouseMoved", half).await;
        self.mouse("mouseMoved", to).await;
        self.mouse("mouseReleased", to).await;
    }

    async fn set(&self, name: &str, value: &str) {
        self.reader
            .set(&format!("{LAB} [data-set='{name}']"), value)
            .await;
    }

    async fn press(&self, button: &str) {
        self.reader
            .click(&format!("{LAB} [data-do='{button}']"))
            .await;
    }

    /// What is said of the two events that are picked.
    async fn until_said(&self, words: &str) {
        let said = format!(
            "lab.querySelector('.clock-pair').textContent.includes({})",
            json!(words)
        );
        self.until(&format!("it says {words:?}"), &said).await;
    }
}

#[test]
fn two_events_are_compared_by_pressing_on_them() {
    visit().read(|reader| async move {
        let diagram = Diagram::open(reader).await;
        for event in [3, 4] {
            let place = diagram.place(event).await;
            diagram.pull(place, place).await;
        }
        diagram.until_said("d and e are concurrent").await;
        diagram.until_said("that looks like an order").await;
        diagram
            .until(
                "the past of d is shaded",
                "lab.querySelectorAll('.cone-past').length === 2",
            )
            .await;
        diagram.press("let-go").await;
        diagram.set("pick-0", "0").await;
        diagram.set("pick-1", "5").await;
        diagram
            .until_said("a happened before f: a → c → d → f.")
            .await;
        diagram
            .until(
                "the path is lit",
                "lab.querySelectorAll('.path').length === 3",
            )
            .await;
    });
}

#[test]
fn the_mouse_moves_adds_and_sends_and_all_can_be_taken_back() {
    visit().read(|reader| async move {
        let diagram = Diagram::open(reader).await;
        let before = diagram.events().await;
        let (x, y) = diagram.place(4).await;
        let (d, _) = diagram.place(3).await;
        diagram.pull((x, y), (d - 30.0, y + 6.0)).await;
        diagram
            .until(
                "e has moved before the sending of m2",
                "lab.querySelectorAll('.clock-event')[3].ariaLabel.includes('n3 has an event')",
            )
            .await;
        diagram.press("take-back").await;
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        diagram.until_events(&before).await;
        diagram.show("svg.clock-diagram").await;
        let empty = diagram.on_line(1, 0.9).await;
        diagram.pull(empty, empty).await;
        diagram
            .until(
                "an event is added",
                "lab.querySelectorAll('.clock-event').length === 7",
            )
            .await;
        diagram.show("svg.clock-diagram").await;
        let (from, to) = (diagram.place(1).await, diagram.on_line(1, 0.6).await);
        diagram.pull(from, to).await;
        diagram
            .until(
                "b sends a message",
                "lab.querySelectorAll('.clock-event')[1].ariaLabel.includes('sends m2 to n2')",
            )
            .await;
        diagram.press("take-back").await;
        diagram.press("take-back").await;
        diagram.until_events(&before).await;
        diagram
            .until(
                "it is the scenario again",
                "lab.querySelector('[data-set=scenario]').value === 'three-processes'",
            )
            .await;
    });
}

#[test]
fn a_message_against_time_is_refused_with_the_reason() {
    visit().read(|reader| async move {
        let diagram = Diagram::open(reader).await;
        let (from, to) = (diagram.on_line(0, 0.9).await, diagram.on_line(1, 0.5).await);
        diagram.pull(from, to).await;
        diagram
            .until(
                "it is refused",
                "lab.querySelector('.clock-refused').textContent.includes('after it is sent')",
            )
            .await;
    });
}

#[test]
fn a_diagram_is_drawn_with_the_keyboard_alone() {
    visit().read(|reader| async move {
        let diagram = Diagram::open(reader).await;
        diagram.press("clear").await;
        diagram.until_events(&[]).await;
        diagram.set("add-process", "1").await;
        diagram.set("add-at", "30").await;
        diagram.reader.press_key(Key::Enter).await;
        diagram
            .until_events(&["a: n2 has an event of its own at 30 ms; stamp 1"])
            .await;
        diagram.set("add-kind", "message").await;
        diagram.set("add-to", "0").await;
        diagram.set("add-takes", "25").await;
        diagram.reader.press_key(Key::Enter).await;
        let sent = "a: n2 has an event of its own and sends m1 to n1 at 30 ms; stamp 1";
        diagram
            .until_events(&[sent, "b: n1 receives m1 from n2 at 55 ms; stamp 2"])
            .await;
        let focus = "lab.querySelectorAll('.clock-event')[1].focus() ?? true";
        diagram.reader.see(&Diagram::about(focus)).await;
        diagram.reader.press_key(Key::Right).await;
        diagram
            .until_events(&[sent, "b: n1 receives m1 from n2 at 60 ms; stamp 2"])
            .await;
        let focused =
            "document.activeElement.ariaLabel?.startsWith('b: n1 receives m1 from n2 at 60 ms')";
        diagram.until("the focus stays on the event", focused).await;
        diagram.reader.press_key(Key::Enter).await;
        diagram
            .until(
                "it is picked",
                "lab.querySelectorAll('.clock-event')[1].ariaPressed === 'true'",
            )
            .await;
        diagram.reader.press_key(Key::Delete).await;
        diagram
            .until_events(&["a: n2 has an event of its own at 30 ms; stamp 1"])
            .await;
        let at_end = "lab.querySelector('.scrub').value === lab.querySelector('.scrub').max";
        diagram
            .until("its keys have not moved the run", at_end)
            .await;
    });
}

#[test]
fn in_a_narrow_window_everything_is_within_reach() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        let diagram = Diagram::open(reader).await;
        let fits = "document.documentElement.scrollWidth <= 360";
        diagram.reader.expect("the page does not scroll sideways", fits).await;
        let small = "[...lab.querySelectorAll('.clock-finger, .clock-form :is(button, input, select), .clock-menus select')]
            .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())
            .filter(r => r.width < 24 || r.height < 24).length";
        diagram.until("all is large enough for a finger", &format!("{small} === 0")).await;
        diagram.set("pick-0", "2").await;
        diagram.press("later").await;
        diagram
            .until("c is moved by 5 ms", "lab.querySelectorAll('.clock-event')[2].ariaLabel.includes('at 40 ms')")
            .await;
        diagram.press("remove").await;
        diagram
            .until("c is removed with its message", "lab.querySelectorAll('.clock-event').length === 4")
            .await;
    });
}

#[test]
fn stamps_are_hidden_while_the_reader_fills_them_in_and_each_is_marked() {
    visit().read(|reader| async move {
        let diagram = Diagram::open(reader).await;
        diagram.press("fill-in").await;
        let hidden = "[...lab.querySelectorAll('.clock-stamp')].every(e => e.textContent === '?')
            && !lab.querySelector('.lab-log').checkVisibility()
            && [...lab.querySelectorAll('.clock-event')].every(e => !e.ariaLabel.includes('stamp'))";
        diagram.until("no stamp is shown", hidden).await;
        for (event, text) in [("0", "1"), ("2", "7"), ("3", "8")] {
            let field = format!("{LAB} [data-answer='{event}']");
            diagram.reader.set(&field, text).await;
        }
        let verdict = |event: u32, words: &str| {
            format!(
                "lab.querySelectorAll('.clock-verdict')[{event}].textContent.includes({})",
                json!(words)
            )
        };
        diagram.until("a is right", &verdict(0, "✓ Right")).await;
        diagram.until("b gives nothing away", &verdict(1, "No stamp yet.")).await;
        diagram.until("c is wrong, and why", &verdict(2, "max(0, 1) + 1 = 2")).await;
        diagram.until("d goes on from c", &verdict(3, "The rule is right")).await;
        diagram.press("fill-in").await;
        diagram
            .until("the stamps are back", "lab.querySelector('.clock-stamp').textContent === '1'")
            .await;
    });
}

#[test]
fn a_log_is_loaded_keeps_its_names_and_is_saved() {
    visit().read(|reader| async move {
        let diagram = Diagram::open(reader).await;
        diagram.reader.click(&format!("{LAB} .panel-fold summary")).await;
        let log = "asks\nalice {\"alice\":1}\nanswers\nbob {\"alice\":1, \"bob\":1}\n";
        diagram.set("log-text", log).await;
        diagram.press("load-log").await;
        diagram
            .until_events(&[
                "a: alice sends m1 to bob at 10 ms. asks; stamp 1",
                "b: bob receives m1 from alice at 20 ms. answers; stamp 2",
            ])
            .await;
        diagram.set("pick-0", "1").await;
        diagram.press("later").await;
        diagram
            .until("a label goes with its event", "lab.querySelectorAll('.clock-event')[1].ariaLabel.includes('at 25 ms. answers')")
            .await;
        diagram
            .reader
            .run("HTMLAnchorElement.prototype.click = function () { window.saved = decodeURIComponent(this.href.split(',')[1]) }")
            .await;
        diagram.press("save-log").await;
        diagram
            .until("the log is saved", &format!("window.saved === {}", json!(log)))
            .await;
        diagram.set("scenario", "three-processes").await;
        diagram
            .until("the names are gone with the run", "lab.querySelector('.clock-names').textContent === 'n1n2n3'")
            .await;
    });
}

#[test]
fn a_log_from_a_file_is_loaded_and_one_that_is_wrong_says_where() {
    visit().read(|reader| async move {
        let diagram = Diagram::open(reader).await;
        diagram
            .reader
            .click(&format!("{LAB} .panel-fold summary"))
            .await;
        let choose = |text: &str| {
            format!(
                "const field = document.querySelector('{LAB} [data-set=log-file]');
                const given = new DataTransfer();
                given.items.add(new File([{}], 'a.log'));
                field.files = given.files;
                field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
                json!(text)
            )
        };
        diagram
            .reader
            .run(&choose("x\na {\"a\":1}\ny\na {\"a\":3}"))
            .await;
        diagram
            .until(
                "it says where",
                "lab.querySelector('.clock-told').textContent.startsWith('Line 4:')",
            )
            .await;
        diagram
            .reader
            .run(&choose("x\na {\"a\":1}\ny\na {\"a\":2}"))
            .await;
        diagram
            .until(
                "it is loaded",
                "lab.querySelectorAll('.clock-event').length === 2",
            )
            .await;
    });
}
