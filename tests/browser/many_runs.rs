//! Many runs of the lab: started, watched, cancelled, and the way back to single runs.

use fantoccini::key::Key;
use happens_before::sim::batch::{Figures, Job, Work};
use happens_before::sim::{self, Run, link};

use crate::lab::{Lab, NAME};
use crate::reader::{Reader, Visit, visit};

/// A run whose numbers differ from seed to seed.
const RUN: &str = "clock-skew;scenario=lost-update;writes=20;react=60%;seed=5;at=end";

const PANEL: &str = "#lab-clock-skew .many-runs";

fn run() -> Run {
    link::decode(sim::lab(NAME).unwrap(), RUN).run
}

fn seeds(count: u64) -> Work {
    Work::Seeds { count, sweep: None }
}

/// What the host finds for the same runs.
fn figures(run: &Run, work: Work) -> Figures {
    let run = link::encode(run);
    let mut batch = Job { id: 1, run, work }.batch().unwrap();
    batch.advance(u64::MAX);
    batch.figures()
}

/// The panel, unfolded, over the run.
async fn unfolded(reader: Reader) -> Lab {
    let lab = Lab::open_run(reader, RUN).await;
    lab.until(
        "the run is open",
        "lab.querySelector('[data-parameter=seed]').value === '5'",
    )
    .await;
    lab.reader.click(&format!("{PANEL} summary")).await;
    lab
}

async fn choose_seeds(lab: &Lab, count: u64) {
    let menu = format!("{PANEL} [data-set='seeds']");
    lab.reader.set(&menu, &count.to_string()).await;
}

async fn choose_sweep(lab: &Lab, parameter: &str) {
    let menu = format!("{PANEL} [data-set='sweep']");
    lab.reader.set(&menu, parameter).await;
}

async fn until_phase(lab: &Lab, phase: &str) {
    let there = format!("lab.querySelector('[data-phase]').dataset.phase === '{phase}'");
    lab.until(&format!("the runs are {phase}"), &there).await;
}

/// For each plot, the number of runs in each row of its table.
async fn counts(lab: &Lab) -> Vec<Vec<u64>> {
    let cells = "[...document.querySelectorAll('.many-runs .plot')].map(plot =>
        [...plot.querySelectorAll('tbody tr')].map(row => Number(row.cells[1].textContent.replace(',', ''))))";
    serde_json::from_value(lab.reader.see(cells).await).unwrap()
}

/// The rows of the table under the plots.
async fn summary(lab: &Lab) -> Vec<Vec<String>> {
    let cells = "[...document.querySelectorAll('.many-runs .many-runs-table tbody tr')]
        .map(row => [...row.cells].map(cell => cell.textContent))";
    serde_json::from_value(lab.reader.see(cells).await).unwrap()
}

async fn expect_figures(lab: &Lab, expected: &Figures) {
    let all = "[...lab.querySelectorAll('.many-runs .plot')].every(plot =>
        [...plot.querySelectorAll('tbody tr')].reduce((sum, row) => sum + Number(row.cells[1].textContent.replace(',', '')), 0)";
    lab.until(
        "every plot shows the last figures",
        &format!("{all} === {})", expected.runs),
    )
    .await;
    let rows = "lab.querySelector('.many-runs-table tbody').rows[0].cells[1].textContent";
    lab.until(
        "so does the table",
        &format!("{rows} === '{}'", expected.runs),
    )
    .await;
    let bins = expected.plots.iter().map(|plot| plot.bins.iter());
    let bins: Vec<Vec<u64>> = bins
        .map(|bins| bins.map(|bin| bin.count).collect())
        .collect();
    assert_eq!(counts(lab).await, bins);
    assert_eq!(summary(lab).await, expected.tables[0].rows);
}

fn a_thousand_runs(visit: Visit) {
    visit.read(|reader| async move {
        let lab = unfolded(reader).await;
        lab.press("start-runs").await;
        until_phase(&lab, "finished").await;
        lab.until(
            "all runs are counted",
            "lab.querySelector('.many-runs-count').textContent === '1,000 of 1,000 runs'",
        )
        .await;
        expect_figures(&lab, &figures(&run(), seeds(1_000))).await;
    });
}

#[test]
fn a_thousand_runs_give_the_numbers_that_the_host_finds() {
    a_thousand_runs(visit());
}

#[test]
fn a_thousand_runs_give_the_same_numbers_below_a_path() {
    a_thousand_runs(visit().below_a_path());
}

#[test]
fn a_browser_without_workers_gives_the_same_numbers_and_says_that_it_takes_longer() {
    a_thousand_runs(visit().with_script("delete window.Worker;"));
}

#[test]
fn a_worker_that_is_not_there_is_told_of_and_the_page_makes_the_runs() {
    let missing =
        "window.Worker = class extends Worker { constructor() { super('worker-gone.js'); } };";
    visit()
        .with_script(missing)
        .may_complain()
        .read(|reader| async move {
            let lab = unfolded(reader).await;
            lab.press("start-runs").await;
            lab.until(
                "the page says what it does instead",
                "/could not load the worker/.test(lab.querySelector('.many-runs-note').textContent)",
            )
            .await;
            until_phase(&lab, "finished").await;
            expect_figures(&lab, &figures(&run(), seeds(1_000))).await;
        });
}

#[test]
fn a_reader_watches_the_runs_and_cancels_them() {
    visit().read(|reader| async move {
        let lab = unfolded(reader).await;
        choose_seeds(&lab, 10_000).await;
        choose_sweep(&lab, "offset").await;
        lab.press("start-runs").await;
        let value = "lab.querySelector('.many-runs progress').value";
        lab.until("there is progress", &format!("{value} > 0"))
            .await;
        lab.until(
            "there are figures",
            "lab.querySelectorAll('.many-runs .plot tbody tr').length > 20",
        )
        .await;
        lab.reader
            .run("document.querySelector('.many-runs .plot tbody button').focus(); window.seen = document.querySelector('.many-runs progress').value")
            .await;
        lab.until("it goes on", &format!("{value} > seen + 1000")).await;
        lab.expect("the focus stays where it was", "document.activeElement.matches('.open-run')").await;
        lab.press("cancel-runs").await;
        until_phase(&lab, "cancelled").await;
        let made = lab
            .reader
            .text(&format!(
                "document.querySelector('{PANEL} .many-runs-count').textContent"
            ))
            .await;
        assert!(
            made.ends_with(" of 210,000 runs") && !made.starts_with("210,000 "),
            "{made}"
        );
        lab.reader.until_drawn().await;
        lab.expect(
            "nothing goes on",
            "lab.querySelector('[data-do=cancel-runs]').disabled",
        )
        .await;
    });
}

#[test]
fn the_run_behind_a_bin_opens_by_keyboard() {
    visit().read(|reader| async move {
        let lab = unfolded(reader).await;
        choose_seeds(&lab, 100).await;
        lab.press("start-runs").await;
        until_phase(&lab, "finished").await;
        let found = figures(&run(), seeds(100));
        let (place, plot) = (0..)
            .zip(&found.plots)
            .find(|(_, plot)| plot.bins.len() > 2)
            .unwrap();
        let wanted = link::decode(run().lab, plot.bins[2].run.as_deref().unwrap()).run;
        lab.reader
            .run(&format!(
                "document.querySelectorAll('.many-runs .plot')[{place}].querySelectorAll('tbody tr')[2].querySelector('button').focus()"
            ))
            .await;
        lab.reader.press_key(Key::Enter).await;
        let open = format!("lab.querySelector('[data-parameter=seed]').value === '{}'", wanted.seed);
        lab.until("its run is open", &open).await;
        lab.until_in_view().await;
        assert_eq!(
            lab.said().await,
            format!("The run with seed {} is in the player.", wanted.seed)
        );
        lab.expect("the focus stays", "document.activeElement.matches('.open-run')").await;
        // It is one of the runs that were counted: the figures are still those of these settings.
        lab.expect("nothing is out of date", "lab.querySelector('.many-runs-note').textContent.trim() === ''").await;
    });
}

#[test]
fn a_click_on_a_bar_opens_a_run_behind_it() {
    visit().read(|reader| async move {
        let lab = unfolded(reader).await;
        choose_seeds(&lab, 100).await;
        lab.press("start-runs").await;
        until_phase(&lab, "finished").await;
        lab.reader.until_drawn().await;
        // The last bar of all ends at the right edge of the plot.
        lab.reader
            .run(
                "const canvas = document.querySelectorAll('.many-runs .plot-canvas')[2];
                 const box = canvas.getBoundingClientRect();
                 canvas.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: box.right - 16, clientY: box.bottom - 40 }));",
            )
            .await;
        let found = figures(&run(), seeds(100));
        let wanted = link::decode(run().lab, found.plots[2].bins.last().unwrap().run.as_deref().unwrap()).run;
        let open = format!("lab.querySelector('[data-parameter=seed]').value === '{}'", wanted.seed);
        lab.until("its run is open", &open).await;
    });
}

#[test]
fn runs_under_way_begin_again_when_a_setting_changes() {
    visit().read(|reader| async move {
        // Few events, so that the host is quick with as many runs.
        let text = "clock-skew;scenario=lost-update;seed=5;at=end";
        let run = link::decode(sim::lab(NAME).unwrap(), text).run;
        let lab = Lab::open_run(reader, text).await;
        lab.reader.click(&format!("{PANEL} summary")).await;
        choose_seeds(&lab, 10_000).await;
        lab.press("start-runs").await;
        until_phase(&lab, "running").await;
        lab.set("offset", "-200000").await;
        until_phase(&lab, "finished").await;
        let changed = run.with("offset", -200_000);
        expect_figures(&lab, &figures(&changed, seeds(10_000))).await;
        lab.expect(
            "the player keeps its seed",
            "lab.querySelector('[data-parameter=seed]').value === '5'",
        )
        .await;
    });
}

#[test]
fn figures_of_other_settings_say_so() {
    visit().read(|reader| async move {
        let lab = unfolded(reader).await;
        choose_seeds(&lab, 100).await;
        lab.press("start-runs").await;
        until_phase(&lab, "finished").await;
        lab.set("offset", "-200000").await;
        lab.until(
            "the page says so",
            "/other settings/.test(lab.querySelector('.many-runs-note').textContent)",
        )
        .await;
        lab.expect(
            "nothing moves by itself",
            "lab.querySelector('[data-phase]').dataset.phase === 'finished'",
        )
        .await;
    });
}

#[test]
fn plots_are_as_fine_as_the_screen_fit_a_phone_and_follow_the_theme() {
    visit().read(|reader| async move {
        let lab = unfolded(reader).await;
        let size = serde_json::json!({ "width": 360, "height": 740, "deviceScaleFactor": 3, "mobile": true });
        lab.reader.devtools("Emulation.setDeviceMetricsOverride", size).await;
        choose_seeds(&lab, 100).await;
        lab.press("start-runs").await;
        until_phase(&lab, "finished").await;
        lab.until(
            "the canvas has the screen's pixels",
            "(canvas => canvas.clientWidth < 360 && Math.abs(canvas.width - 3 * canvas.clientWidth) <= 3)(lab.querySelector('.plot-canvas'))",
        )
        .await;
        lab.reader.run("window.before = document.querySelector('.plot-canvas').toDataURL()").await;
        lab.reader.run("document.documentElement.dataset.theme = 'dark'").await;
        lab.until("it is drawn anew", "lab.querySelector('.plot-canvas').toDataURL() !== before").await;
        lab.expect(
            "it says in words what it shows",
            "lab.querySelector('.plot-canvas[role=img]').ariaLabel.includes('Histogram of 100 runs')",
        )
        .await;
    });
}

#[test]
fn without_the_program_the_panel_says_that_it_needs_it() {
    visit().without_javascript().read(|reader| async move {
        reader.open(&crate::site::chapter()).await;
        reader.click(&format!("{PANEL} summary")).await;
        let shown = "document.querySelector('.program-missing').checkVisibility() && document.querySelector('.program-missing').textContent";
        reader.until("it says so", &format!("/need the program/.test({shown})")).await;
    });
}
