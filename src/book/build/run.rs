//! Runs of labs as the content names them: `clock-skew;scenario=fast-clock;offset=80ms`.

use super::{
    catalog::{LabCard, Refusal},
    desk::Desk,
    html::escape_address,
    nearest::hint,
    passage::{Passage, Place},
};

/// The lab's card; a lab that does not exist is reported.
pub(super) fn lab(desk: &Desk<'_>, name: &str, place: Place<'_>) -> Option<LabCard> {
    let card = desk.catalog.lab(name);
    if card.is_none() {
        let fix = hint("labs", name, &desk.catalog.names());
        desk.problems
            .report(place, format!("unknown lab \"{name}\""), fix);
    }
    card
}

/// Checks a run, piece by piece and as a whole; whether the lab accepts it.
pub(super) fn check(desk: &Desk<'_>, lab: &str, card: &LabCard, run: &Passage<'_>) -> bool {
    let mut good = true;
    let mut offset = 0;
    for piece in run.text().split(';').filter(|_| !run.text().is_empty()) {
        let end = offset + piece.len();
        good &= check_piece(desk, lab, card, &run.slice(offset..end));
        offset = end + 1;
    }
    if !good {
        return false;
    }
    let verdict = desk.catalog.check_run(lab, run.text());
    accept(desk, verdict, run.start())
}

fn check_piece(desk: &Desk<'_>, lab: &str, card: &LabCard, piece: &Passage<'_>) -> bool {
    let Some((key, value)) = piece.text().split_once('=') else {
        let what = format!("`{}` in the run is not `name=value`", piece.text());
        let fix = "write a run as `scenario=fast-clock;offset=80ms`";
        desk.problems.report(piece.start(), what, fix);
        return false;
    };
    if key == "scenario" {
        return check_scenario(desk, lab, card, value, piece.place(key.len() + 1));
    }
    check_value(
        desk,
        lab,
        card,
        (key, piece.start()),
        (value, piece.start()),
    )
}

/// Checks the name of a scenario.
pub(super) fn check_scenario(
    desk: &Desk<'_>,
    lab: &str,
    card: &LabCard,
    name: &str,
    place: Place<'_>,
) -> bool {
    let known = card.scenarios.iter().any(|scenario| scenario == name);
    if !known {
        let what = format!("the lab `{lab}` has no scenario `{name}`");
        desk.problems
            .report(place, what, hint("its scenarios", name, &card.scenarios));
    }
    known
}

/// Checks one parameter; key and value each with the place where a problem is reported.
pub(super) fn check_value(
    desk: &Desk<'_>,
    lab: &str,
    card: &LabCard,
    (key, key_place): (&str, Place<'_>),
    (value, value_place): (&str, Place<'_>),
) -> bool {
    if !card.keys.iter().any(|known| known == key) {
        let what = format!("the lab `{lab}` has no parameter `{key}`");
        desk.problems
            .report(key_place, what, hint("its parameters", key, &card.keys));
        return false;
    }
    let verdict = desk.catalog.check_run(lab, &format!("{key}={value}"));
    accept(desk, verdict, value_place)
}

/// Checks the name of a probe.
pub(super) fn check_probe(desk: &Desk<'_>, lab: &str, card: &LabCard, probe: &Passage<'_>) -> bool {
    let name = probe.text();
    let known = card.probes.iter().any(|probe| probe == name);
    if !known {
        let what = format!("the lab `{lab}` has no probe `{name}`");
        desk.problems
            .report(probe.start(), what, hint("its probes", name, &card.probes));
    }
    known
}

/// Reports a refusal.
pub(super) fn accept<T>(desk: &Desk<'_>, verdict: Result<T, Refusal>, place: Place<'_>) -> bool {
    match verdict {
        Ok(_) => true,
        Err(Refusal { what, fix }) => {
            desk.problems.report(place, what, fix);
            false
        }
    }
}

/// The address of a run (`clock-skew;scenario=fast-clock`) as seen from the chapter `from`: in
/// that chapter if it embeds the lab, else in the first that does.
pub(super) fn address(desk: &Desk<'_>, from: &str, run: &Passage<'_>) -> Option<String> {
    let text = run.text();
    let (name, start) = match text.split_once(';') {
        Some((name, _)) => (name, name.len() + 1),
        None => (text, text.len()),
    };
    let card = lab(desk, name, run.start())?;
    check(desk, name, &card, &run.slice(start..text.len()));
    let found = in_chapter(desk, from, name, text);
    if found.is_none() {
        let what = format!("no chapter embeds the lab `{name}`");
        let fix = format!("put it into a chapter: a fence of kind `lab {name}`");
        desk.problems.report(run.start(), what, fix);
    }
    found
}

/// The address of a lab's run as seen from the chapter `from`; empty where no chapter has the lab.
pub(super) fn home(desk: &Desk<'_>, from: &str, lab: &str, run: &str) -> String {
    in_chapter(desk, from, lab, &format!("{lab};{run}")).unwrap_or_default()
}

/// In the chapter `from` if it embeds the lab, else in the first that does.
fn in_chapter(desk: &Desk<'_>, from: &str, lab: &str, run: &str) -> Option<String> {
    let homes = desk.labs.get(lab)?;
    let own = homes.iter().find(|home| **home == from);
    let home = own.or(homes.first())?;
    Some(format!("chapter/{home}/#run={}", escape_address(run)))
}
