//! `lab list` and `lab show`.

use happens_before::sim::labs;

use crate::program::{json, printed};

#[test]
fn list_names_every_lab() {
    let list = printed(&["list"]);
    for lab in labs() {
        let line = list.lines().find(|line| line.starts_with(lab.id)).unwrap();
        assert!(line.contains(lab.title), "{line}");
    }
    assert_eq!(
        json(&["list", "--json"]).as_array().unwrap().len(),
        labs().len()
    );
}

#[test]
fn show_says_all_that_every_lab_declares() {
    for lab in labs() {
        let text = printed(&["show", lab.id]);
        let value = json(&["show", lab.id, "--json"]);
        let parameters = lab.parameters.iter().map(|p| ("parameters", p.id, p.help));
        let actions = lab.actions.iter().map(|a| ("actions", a.id, a.help));
        let scenarios = lab
            .scenarios
            .iter()
            .map(|s| ("scenarios", s.id, s.try_first));
        let challenges = lab.challenges.iter().map(|c| ("challenges", c.id, c.task));
        let probes = lab.probes.iter().map(|p| ("probes", p.id, p.help));
        let all = parameters.chain(actions).chain(scenarios);
        for (part, id, help) in all.chain(challenges).chain(probes) {
            assert!(text.contains(&format!("\n  {id}\n")), "{part} {id}");
            assert!(text.contains(help), "{part} {id}: {help}");
            let found = value[part].as_array().unwrap().iter();
            assert_eq!(
                found.filter(|found| found["id"] == id).count(),
                1,
                "{part} {id}"
            );
        }
        for reference in lab.references {
            assert!(text.contains(reference.source), "{}", reference.source);
        }
    }
}

#[test]
fn show_gives_unit_range_and_default_as_set_reads_them() {
    let text = printed(&["show", "clock-skew"]);
    assert!(text.contains("\n      -500ms to 500ms, default 50ms\n"));
    assert!(text.contains("\n      0ms to 1024s (0 is never), default 0ms\n"));
    assert!(text.contains("\n      wall or lamport or hlc or truetime, default wall\n"));
    assert!(text.contains("\n      120ms:jump:n2:-30ms\n"));
    assert!(text.contains("\nChallenges\n"));
}

#[test]
fn every_parameter_can_be_set_to_its_ends() {
    for lab in labs() {
        for parameter in lab.parameters {
            let (min, max) = parameter.range();
            for value in [min, max] {
                let text = parameter.write(value);
                let setting = format!("{}={text}", parameter.id);
                let link = printed(&["link", lab.id, "--set", &setting, "--do", ""]);
                assert!(link.contains(&format!(";{setting};")), "{link}");
            }
        }
    }
}
