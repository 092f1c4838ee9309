//! The active blocks of a chapter: lab, quiz, prediction, exercise.

use super::{
    fence::Fence,
    passage::{Passage, Place},
    run,
    table::{Document, Table},
    writer::Writer,
};
use crate::book::{Exercise, LabBlock, Markup, Predict, PredictOption, Quiz, QuizOption, Segment};

/// Reads an active block; none if it cannot be shown at all, which has been reported.
pub(super) fn read<'a>(writer: &mut Writer<'a>, fence: &Fence<'a>) -> Option<Segment> {
    if fence.kind != "lab" {
        writer.item(&fence.id, fence.place);
    }
    if fence.kind == "exercise" {
        return exercise(writer, fence);
    }
    let name = format!("{} `{}`", fence.kind, fence.id);
    let document = Document::parse(&fence.body, &name, writer.desk.problems)?;
    let table = document.table(&name, fence.place);
    match fence.kind.as_str() {
        "lab" => lab(writer, fence, table),
        "quiz" => Some(quiz(writer, fence, table)),
        _ => predict(writer, fence, table),
    }
}

fn lab<'a>(
    writer: &mut Writer<'a>,
    fence: &Fence<'a>,
    mut table: Table<'_, 'a>,
) -> Option<Segment> {
    let desk = writer.desk;
    let problems = desk.problems;
    let name = &fence.id;
    let scenario = table.text("scenario", problems);
    let caption = table.text("caption", problems);
    let seed = table.integer_if("seed", 0..=i64::MAX, problems);
    let at = table.text_if("at", problems);
    let values = table.table("set", problems).map(|set| set.values(problems));
    table.finish(problems);

    let card = run::lab(desk, name, fence.place)?;
    if writer.labs.contains(name) {
        let what = format!("the lab `{name}` stands twice in the chapter");
        let fix = format!("link to the first: `[…](lab:{name};scenario=…)`");
        writer.report(fence.place, what, fix);
        return None;
    }
    writer.labs.push(name.clone());
    writer.anchor(&format!("lab-{name}"), fence.place);

    let mut pieces = Vec::new();
    let mut good = true;
    if let Some(scenario) = scenario {
        let text = scenario.text();
        good &= run::check_scenario(desk, name, &card, text, scenario.start());
        pieces.push(format!("scenario={text}"));
    }
    let seed = seed.map(|(seed, place)| ("seed", Passage::made_up(&seed.to_string(), place)));
    let values = values.unwrap_or_default();
    let set = values
        .iter()
        .map(|(key, value)| (key.text(), key.start(), value));
    let seed = seed.iter().map(|(key, value)| (*key, value.start(), value));
    let at = at.iter().map(|at| ("at", at.start(), at));
    for (key, key_place, value) in seed.chain(set).chain(at) {
        let value = (value.text(), value.start());
        good &= run::check_value(desk, name, &card, (key, key_place), value);
        pieces.push(format!("{key}={}", value.0));
    }
    let run = pieces.join(";");
    if good {
        run::accept(desk, desk.catalog.check_run(name, &run), fence.place);
    }
    Some(Segment::Lab(LabBlock {
        lab: name.clone(),
        run,
        caption: writer.inline_of(caption),
        picture: Markup(None),
    }))
}

fn quiz<'a>(writer: &mut Writer<'a>, fence: &Fence<'a>, mut table: Table<'_, 'a>) -> Segment {
    let problems = writer.desk.problems;
    let ask = table.text("ask", problems);
    let mut options = Vec::new();
    let mut right = Vec::new();
    for mut option in table.tables("option", problems) {
        let is_right = option.flag("right", problems);
        if is_right {
            right.push(option.place());
        }
        let text = option.text("text", problems);
        let why = option.text("why", problems);
        option.finish(problems);
        options.push((text, is_right, why));
    }
    table.finish(problems);
    check_options(writer, fence, options.len());
    check_right(writer, fence, &right);
    Segment::Quiz(Quiz {
        id: fence.id.clone(),
        ask: writer.block_of(ask),
        options: options
            .into_iter()
            .map(|(text, right, why)| QuizOption {
                text: writer.inline_of(text),
                right,
                why: writer.block_of(why),
            })
            .collect(),
    })
}

fn check_options(writer: &Writer<'_>, fence: &Fence<'_>, options: usize) {
    if options < 2 {
        let what = format!("{} `{}` has fewer than two options", fence.kind, fence.id);
        let fix = "give it two or more, each under `[[option]]`";
        writer.desk.problems.report(fence.place, what, fix);
    }
}

fn check_right(writer: &Writer<'_>, fence: &Fence<'_>, right: &[Place<'_>]) {
    let problems = writer.desk.problems;
    if right.is_empty() {
        let what = format!("quiz `{}` has no right option", fence.id);
        problems.report(fence.place, what, "mark one option with `right = true`");
    }
    if let Some(second) = right.get(1) {
        let what = format!("quiz `{}` has {} right options", fence.id, right.len());
        problems.report(*second, what, "leave `right = true` on one option");
    }
}

fn predict<'a>(
    writer: &mut Writer<'a>,
    fence: &Fence<'a>,
    mut table: Table<'_, 'a>,
) -> Option<Segment> {
    let problems = writer.desk.problems;
    let ask = table.text("ask", problems);
    let lab = table.text("lab", problems);
    let run = table.text("run", problems);
    let probe = table.text("probe", problems);
    let explain = table.text("explain", problems);
    let mut options = Vec::new();
    for mut option in table.tables("option", problems) {
        let text = option.text("text", problems);
        let value = option.integer("value", i64::MIN..=i64::MAX, problems);
        option.finish(problems);
        options.push((text, value));
    }
    table.finish(problems);
    check_options(writer, fence, options.len());
    let (lab, run, probe) = (lab?, run?, probe?);
    let values: Vec<_> = options.iter().filter_map(|(_, value)| *value).collect();
    if values.len() == options.len() {
        check_answer(writer, fence, (&lab, &run, &probe), &values);
    }
    let options = options.into_iter().map(|(text, value)| PredictOption {
        text: writer.inline_of(text),
        value: value.map_or(0, |(value, _)| value),
    });
    Some(Segment::Predict(Predict {
        id: fence.id.clone(),
        options: options.collect(),
        ask: writer.block_of(ask),
        address: run::home(writer.desk, writer.slug, lab.text(), run.text()),
        lab: lab.text().to_owned(),
        run: run.text().to_owned(),
        probe: probe.text().to_owned(),
        explain: writer.block_of(explain),
    }))
}

/// Asks the engine, and expects its answer on exactly one option.
fn check_answer(
    writer: &Writer<'_>,
    fence: &Fence<'_>,
    (lab, run, probe): (&Passage<'_>, &Passage<'_>, &Passage<'_>),
    values: &[(i64, Place<'_>)],
) {
    let desk = writer.desk;
    let Some(card) = run::lab(desk, lab.text(), lab.start()) else {
        return;
    };
    let known = run::check_probe(desk, lab.text(), &card, probe);
    if !run::check(desk, lab.text(), &card, run) || !known {
        return;
    }
    let answer = match desk.catalog.probe(lab.text(), run.text(), probe.text()) {
        Ok(answer) => answer,
        Err(refusal) => {
            run::accept::<()>(desk, Err(refusal), probe.start());
            return;
        }
    };
    let mut right = values.iter().filter(|(value, _)| *value == answer);
    if right.next().is_none() {
        let what = format!("no option has the engine's answer, {answer}");
        let fix = format!("give one option `value = {answer}`, or ask for another run");
        desk.problems.report(fence.place, what, fix);
    }
    if let Some((_, second)) = right.next() {
        let what = format!("a second option has the engine's answer, {answer}");
        desk.problems
            .report(*second, what, "give each option a value of its own");
    }
}

fn exercise<'a>(writer: &mut Writer<'a>, fence: &Fence<'a>) -> Option<Segment> {
    let text = fence.body.text();
    let Some((task_end, solution_start)) = find_rule(text) else {
        let what = format!("exercise `{}` has no solution", fence.id);
        let fix = "put it after a line that holds only `---`";
        writer.report(fence.place, what, fix);
        return None;
    };
    let task = fence.body.slice(0..task_end);
    let solution = fence.body.slice(solution_start..text.len());
    for (part, name) in [(&task, "task"), (&solution, "solution")] {
        if part.is_blank() {
            let what = format!("the {name} of exercise `{}` is empty", fence.id);
            writer.report(part.start(), what, "write it");
        }
    }
    Some(Segment::Exercise(Exercise {
        id: fence.id.clone(),
        task: writer.block(&task),
        solution: writer.block(&solution),
    }))
}

/// What fenced code begins with.
const FENCES: [&str; 2] = ["```", "~~~"];

/// The first line that holds only `---`, outside of fenced code: where it begins and ends.
fn find_rule(text: &str) -> Option<(usize, usize)> {
    let mut fence: Option<&str> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let next = offset + line.len();
        match fence {
            Some(mark) if content.starts_with(mark) => fence = None,
            Some(_) => {}
            None if content == "---" => return Some((offset, next)),
            None => fence = FENCES.into_iter().find(|mark| content.starts_with(mark)),
        }
        offset = next;
    }
    None
}
