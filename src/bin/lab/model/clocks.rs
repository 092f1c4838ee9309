//! The clocks' algorithms: NTP's exchange, Marzullo's intersection, hybrid logical clocks.

use happens_before::sim::clocks::{self, Exchange, Hybrid, Interval, Reading};
use happens_before::sim::parameter::{Parameter, Unit, quote};
use happens_before::sim::time::{signed_span, span};

use crate::answer::{Answer, Problem};
use crate::arguments::{Argument, Arguments};
use crate::table;

/// A day either way: no reading of a clock that is worth comparing is further off.
const DAY: i64 = 86_400_000_000;

/// `ntp --t0 … --t1 … --t2 … --t3 …`.
pub fn ntp(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut readings = [None; 4];
    while let Some(argument) = arguments.next()? {
        let names = ["--t0", "--t1", "--t2", "--t3"];
        let place = match &argument {
            Argument::Option(option) => names.iter().position(|name| name == option),
            Argument::Value(_) => None,
        };
        match place.and_then(|place| readings.get_mut(place)) {
            Some(reading) => *reading = Some(moment(&arguments.value()?)?),
            None => return Err(arguments.unexpected(&argument)),
        }
    }
    let [Some(t0), Some(t1), Some(t2), Some(t3)] = readings else {
        return Err(Problem(
            "an exchange has four moments: --t0, --t1, --t2, --t3".to_owned(),
        ));
    };
    let exchange = Exchange { t0, t1, t2, t3 };
    Ok(Answer::text(table::aligned([
        row("offset", signed_span(exchange.offset())),
        row("delay", span(exchange.delay())),
        row("largest error of the offset", span(exchange.bound())),
    ])))
}

/// `marzullo 8..12 11..13`.
pub fn marzullo(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut sources = Vec::new();
    while let Some(argument) = arguments.next()? {
        match &argument {
            Argument::Value(text) => sources.push(interval(text)?),
            Argument::Option(_) => return Err(arguments.unexpected(&argument)),
        }
    }
    let best = clocks::marzullo(&sources).ok_or_else(|| {
        Problem("there is no source; give intervals such as 8..12 11..13".to_owned())
    })?;
    Ok(Answer::text(format!(
        "{}..{}\n",
        best.earliest.0, best.latest.0
    )))
}

/// `hybrid-clock 5 6 10@10,5`.
pub fn hybrid(arguments: &mut Arguments) -> Result<Answer, Problem> {
    let mut clock = Hybrid::default();
    let mut text = String::new();
    while let Some(argument) = arguments.next()? {
        let Argument::Value(event) = &argument else {
            return Err(arguments.unexpected(&argument));
        };
        let stamp = match receipt(event)? {
            (reading, None) => clock.local(reading),
            (reading, Some(message)) => clock.receive(message, reading),
        };
        text += &format!("({},{})\n", stamp.l.0, stamp.c);
    }
    Ok(Answer::text(text))
}

fn row(name: &str, value: String) -> Vec<String> {
    vec![name.to_owned(), value]
}

/// A reading of a clock with its unit. Out of range it is no reading: moving it would give another
/// result without a reason.
fn moment(text: &str) -> Result<Reading, Problem> {
    let kind = Parameter::number("t0 to t3", "A moment", Unit::Time, (-DAY, DAY), 0, 1);
    kind.read(text)
        .map(Reading)
        .map_err(|rejected| Problem(rejected.why))
}

/// `8..12`.
fn interval(text: &str) -> Result<Interval, Problem> {
    let ends = text.split_once("..");
    let ends = ends.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    match ends {
        Some((earliest, latest)) if earliest <= latest => Ok(Interval {
            earliest: Reading(earliest),
            latest: Reading(latest),
        }),
        _ => Err(Problem(format!(
            "{} is no interval; write two whole numbers, the smaller first: 8..12",
            quote(text)
        ))),
    }
}

/// `10`, or `10@10,5` for the receipt of a message with the stamp (10,5).
fn receipt(text: &str) -> Result<(Reading, Option<Hybrid>), Problem> {
    let stamp = |text: &str| {
        let (l, c) = text.split_once(',')?;
        let l = Reading(l.parse().ok()?);
        Some(Hybrid {
            l,
            c: c.parse().ok()?,
        })
    };
    let event = match text.split_once('@') {
        None => text.parse().ok().map(|reading| (Reading(reading), None)),
        Some((reading, sent)) => reading
            .parse()
            .ok()
            .zip(stamp(sent))
            .map(|(reading, message)| (Reading(reading), Some(message))),
    };
    event.ok_or_else(|| {
        Problem(format!(
            "{} is no event; write its physical reading, such as 10, and for a receipt the message's stamp: 10@10,5",
            quote(text)
        ))
    })
}
