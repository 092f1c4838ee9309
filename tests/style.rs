//! What has to hold for the style sheets before a browser sees them.

use std::fs;
use std::path::Path;

/// A rule that is not closed takes in all that follow it, and no browser says so.
#[test]
fn every_rule_that_is_opened_is_closed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut sheets = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "css") {
            continue;
        }
        sheets += 1;
        let mut open = 0_i32;
        for (number, line) in (1..).zip(fs::read_to_string(&path).unwrap().lines()) {
            // At the beginning of a line a comment heads a section, which stands in no rule.
            let place = format!("{}, line {number}", path.display());
            assert!(
                !line.starts_with("/*") || open == 0,
                "{place}: a rule above is not closed"
            );
            open += i32::try_from(line.matches('{').count()).unwrap();
            open -= i32::try_from(line.matches('}').count()).unwrap();
            assert!(open >= 0, "{place}: nothing is open here");
        }
        assert_eq!(open, 0, "{}: a rule is not closed", path.display());
    }
    assert!(sheets > 0, "there are style sheets");
}
