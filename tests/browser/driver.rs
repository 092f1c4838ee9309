//! ChromeDriver: one process for all tests of a run, on a free port, gone when they end.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;

/// Waits until its input ends, as it does when the tests end in whatever way. Then it ends all that
/// it started, which is its process group, and removes their files.
const KEEPER: &str = r#"
    TMPDIR=$(mktemp -d) && export TMPDIR || exit 1
    chromedriver --port=0 --log-level=SEVERE &
    # From here on only ChromeDriver writes: where it cannot run, the output ends.
    exec >/dev/null
    read -r nothing
    trap "" TERM
    kill -TERM 0
    wait
    rm -rf "$TMPDIR"
"#;

struct Driver {
    address: String,
    /// Its end tells the keeper to finish.
    _open: ChildStdin,
}

/// Where ChromeDriver listens; starts it at the first call.
pub fn address() -> &'static str {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    &DRIVER.get_or_init(start).address
}

#[allow(
    clippy::zombie_processes,
    reason = "it lives a little longer than the tests, to clean up after them"
)]
fn start() -> Driver {
    let mut keeper = Command::new("sh")
        .args(["-c", KEEPER])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh could not be started");
    let open = keeper.stdin.take().expect("the keeper has an input");
    let output = keeper.stdout.take().expect("the keeper has an output");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port = lines
        .find_map(|line| port_in(&line))
        .expect("ChromeDriver did not start; install what it needs: tools/setup test");
    // Goes on reading, so that ChromeDriver can go on writing.
    std::thread::spawn(move || lines.for_each(drop));
    Driver {
        address: format!("http://127.0.0.1:{port}"),
        _open: open,
    }
}

/// `ChromeDriver was started successfully on port 38157.`
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}
