//! Runs the measurements in a browser and puts them beside the native ones.
//!
//! `bench_report DRIVER BENCH SITE NATIVE`: DRIVER is where ChromeDriver listens, BENCH and SITE are
//! the addresses of the measurements' page and of the book, NATIVE is the file with the native
//! program's lines. Prints JSON; a table of it goes to stderr.

#[path = "../tests/browser/commands.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod commands;

use std::error::Error;
use std::time::Duration;

use commands::DevTools;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

type Failure = Box<dyn Error>;

/// Pages whose labs are played, each with a run that lasts.
const PLAYED: &[(&str, &str)] = &[
    (
        "clock-skew, lost update",
        "chapter/time-and-clocks/#run=clock-skew;scenario=lost-update",
    ),
    (
        "clock-skew, drift",
        "chapter/time-and-clocks/#run=clock-skew;scenario=drift",
    ),
    (
        "logical-clocks",
        "chapter/time-and-clocks/#run=logical-clocks",
    ),
    ("quorum", "chapter/replication/#run=quorum"),
    ("hash-ring", "chapter/partitioning/#run=hash-ring"),
    ("saga", "chapter/distributed-transactions/#run=saga"),
];

#[expect(clippy::print_stdout, reason = "it is what the program is for")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [driver, bench, site, native] = words.as_slice() else {
        return Err("usage: bench_report DRIVER BENCH SITE NATIVE".into());
    };
    let native = lines(&std::fs::read_to_string(native)?)?;
    let client = open(driver).await?;
    let wasm = in_browser(&client, bench).await?;
    let mut frames = Vec::new();
    for (lab, page) in PLAYED {
        for slowed in [1, 4] {
            if let Some(line) = frame(&client, &format!("{site}{page}"), lab, slowed).await? {
                frames.push(line);
            }
        }
    }
    client.close().await?;
    table(&native, &wasm, &frames);
    let report = json!({ "native": native, "wasm": wasm, "frames": frames });
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

fn lines(text: &str) -> Result<Vec<Value>, serde_json::Error> {
    text.lines().map(serde_json::from_str).collect()
}

async fn open(driver: &str) -> Result<Client, Failure> {
    let options = json!({"goog:chromeOptions": {"args": [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]}});
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(options.as_object().cloned().unwrap_or_default())
        .connect(driver)
        .await?;
    client.set_window_size(1440, 1000).await?;
    let timeouts = fantoccini::wd::TimeoutConfiguration::new(
        Some(Duration::from_secs(300)),
        Some(Duration::from_secs(300)),
        Some(Duration::ZERO),
    );
    client.update_timeouts(timeouts).await?;
    Ok(client)
}

async fn ready(client: &Client, address: &str) -> Result<(), Failure> {
    // A fragment alone loads nothing anew.
    client.goto("about:blank").await?;
    client.goto(address).await?;
    let wait = client.wait().at_most(Duration::from_secs(60));
    wait.for_element(Locator::Css("html[data-ready]")).await?;
    Ok(())
}

/// Every case at every size, until there are no more.
async fn in_browser(client: &Client, address: &str) -> Result<Vec<Value>, Failure> {
    ready(client, address).await?;
    let mut found = Vec::new();
    for case in 0.. {
        for size in 0.. {
            let script = "return window.measure(arguments[0], arguments[1]) ?? null;";
            match client
                .execute(script, vec![json!(case), json!(size)])
                .await?
            {
                Value::String(line) => found.push(serde_json::from_str(&line)?),
                _ if size == 0 => return Ok(found),
                _ => break,
            }
        }
    }
    Ok(found)
}

async fn command(client: &Client, command: &str, wish: Value) -> Result<Value, Failure> {
    let command = DevTools {
        command: command.to_owned(),
        wish,
    };
    Ok(client.issue_cmd(command).await?)
}

/// Seconds that the main thread has been at work, and of these in scripts.
async fn work(client: &Client) -> Result<(f64, f64), Failure> {
    let metrics = command(client, "Performance.getMetrics", json!({})).await?;
    let figure = |name: &str| {
        let list = metrics["metrics"].as_array().into_iter().flatten();
        list.filter(|metric| metric["name"] == name)
            .find_map(|metric| metric["value"].as_f64())
            .unwrap_or_default()
    };
    Ok((figure("TaskDuration"), figure("ScriptDuration")))
}

/// What a frame costs the main thread while a lab plays for three seconds.
async fn frame(
    client: &Client,
    address: &str,
    lab: &str,
    slowed: u32,
) -> Result<Option<Value>, Failure> {
    ready(client, address).await?;
    let id = address.split("#run=").nth(1).unwrap_or_default();
    let id = id.split(';').next().unwrap_or_default();
    let play = format!("#lab-{id} [data-do=play]");
    if client.find_all(Locator::Css(&play)).await?.is_empty() {
        return Ok(None);
    }
    command(client, "Performance.enable", json!({})).await?;
    command(
        client,
        "Emulation.setCPUThrottlingRate",
        json!({"rate": slowed}),
    )
    .await?;
    let start = "document.querySelector(arguments[0]).scrollIntoView({block: 'end'});
        document.querySelector(arguments[1]).click();
        document.querySelector(arguments[0]).click();
        window.frames_seen = 0;
        const count = () => { window.frames_seen += 1; requestAnimationFrame(count); };
        requestAnimationFrame(count);";
    let home = format!("#lab-{id} [data-do=start]");
    let before = {
        client
            .execute(start, vec![json!(play), json!(home)])
            .await?;
        work(client).await?
    };
    let seen = client
        .execute_async(
            "const done = arguments[0]; const from = window.frames_seen;
             setTimeout(() => done(window.frames_seen - from), 3000);",
            vec![],
        )
        .await?;
    let after = work(client).await?;
    command(client, "Emulation.setCPUThrottlingRate", json!({"rate": 1})).await?;
    let frames = seen.as_f64().unwrap_or(1.0).max(1.0);
    Ok(Some(json!({
        "lab": lab,
        "slowed": slowed,
        "frames": frames,
        "task_ms": (after.0 - before.0) * 1_000.0 / frames,
        "script_ms": (after.1 - before.1) * 1_000.0 / frames,
    })))
}

fn table(native: &[Value], wasm: &[Value], frames: &[Value]) {
    eprintln!(
        "{:<66} {:>10} {:>14} {:>14}",
        "", "count", "native /s", "wasm /s"
    );
    for line in native {
        let same =
            |other: &&Value| other["case"] == line["case"] && other["count"] == line["count"];
        let speed = |line: &Value| line["per_second"].as_f64().unwrap_or_default();
        let other = wasm.iter().find(same).map_or(0.0, speed);
        let name = line["case"].as_str().unwrap_or_default();
        eprintln!(
            "{name:<66} {:>10} {:>14.0} {other:>14.0}",
            line["count"],
            speed(line)
        );
        for (side, line) in [("native", Some(line)), ("wasm", wasm.iter().find(same))] {
            for (name, figure) in line.and_then(Value::as_object).into_iter().flatten() {
                let known = ["case", "of", "count", "milliseconds", "per_second"];
                if !known.contains(&name.as_str()) {
                    eprintln!("    {side}: {name} {figure}");
                }
            }
        }
    }
    for line in frames {
        eprintln!(
            "a frame while {} plays, processor slowed {}×: {:.2} ms of the main thread, {:.2} ms of it in scripts",
            line["lab"].as_str().unwrap_or_default(),
            line["slowed"],
            line["task_ms"].as_f64().unwrap_or_default(),
            line["script_ms"].as_f64().unwrap_or_default()
        );
    }
}
