//! `lab model`: the algorithms behind the labs, on numbers of one's own.

mod clocks;

use super::answer::{Answer, Problem};
use super::arguments::Arguments;
use super::table;

/// An algorithm.
struct Model {
    /// What it is called by.
    name: &'static str,
    /// What it computes and by which source, one line.
    about: &'static str,
    /// Its arguments, one line.
    form: &'static str,
    /// Does it.
    run: fn(&mut Arguments) -> Result<Answer, Problem>,
}

/// All of them. A new one adds its row here.
const MODELS: &[Model] = &[
    Model {
        name: "ntp",
        about: "offset, delay and error bound of an exchange (RFC 5905, section 8)",
        form: "--t0 50ms --t1 2ms --t2 3ms --t3 59ms",
        run: clocks::ntp,
    },
    Model {
        name: "marzullo",
        about: "the interval in which most sources agree (Marzullo 1984)",
        form: "8..12 11..13 10..12",
        run: clocks::marzullo,
    },
    Model {
        name: "hybrid-clock",
        about: "stamps of events (physical reading, or reading@l,c for a receipt; Kulkarni et al. 2014)",
        form: "5 6 10@10,5 7",
        run: clocks::hybrid,
    },
];

/// What the command takes.
pub const HELP: &str = "\
lab model NAME ARGUMENTS

An algorithm of the book on numbers of your own, to hold it against a paper. lab model lists them,
each with an example. What begins with a minus goes behind `--`.
";

/// Does it.
pub fn command(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let Some(name) = arguments.command()? else {
        return Ok(Answer::text(overview()));
    };
    let model = MODELS.iter().find(|model| model.name == name);
    let model = model
        .ok_or_else(|| Problem::unknown("model", &name, MODELS.iter().map(|model| model.name)))?;
    (model.run)(arguments)
}

fn overview() -> String {
    table::aligned(MODELS.iter().flat_map(|model| {
        [
            vec![format!("lab model {} {}", model.name, model.form)],
            vec![format!("    {}", model.about)],
        ]
    }))
}
