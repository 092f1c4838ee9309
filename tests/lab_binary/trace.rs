//! `lab trace`, and what can be done with a trace.

use happens_before::sim::{Format, Run, labs};

use crate::program::{call, file, json, printed};

#[test]
fn a_trace_is_the_engines_own() {
    for lab in labs() {
        for scenario in lab.scenarios {
            let run = Run::scenario(lab, scenario.id).unwrap();
            for format in Format::ALL {
                let arguments = [
                    "trace",
                    lab.id,
                    "--scenario",
                    scenario.id,
                    "--format",
                    format.id(),
                ];
                match (lab.engine.export)(&run, format) {
                    Some(text) => assert_eq!(printed(&arguments).trim_end(), text.trim_end()),
                    None => assert_eq!(call(&arguments).status.code(), Some(2)),
                }
            }
        }
    }
}

#[test]
fn a_trace_for_shiviz_can_be_analysed_and_its_operations_checked() {
    for lab in labs() {
        let run = Run::of(lab);
        if let Some(log) = (lab.engine.export)(&run, Format::Shiviz) {
            let log = file(&format!("{}.log", lab.id), &log);
            let answer = json(&["analyse-log", log.to_str().unwrap(), "--json"]);
            assert!(answer["events"].as_u64().unwrap() > 0, "{}", lab.id);
        }
    }
}
