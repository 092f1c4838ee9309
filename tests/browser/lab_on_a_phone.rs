//! The lab in a narrow window: everything is there, within reach, and large enough for a finger.

use crate::lab::{Lab, assert_same};
use crate::reader::visit;

/// The controls of the lab that are shown, by name and place.
const CONTROLS: &str =
    "[...document.querySelectorAll('#lab-clock-skew :is(button, input, select, summary)')]
    .filter(e => e.checkVisibility({ visibilityProperty: true }))
    .map(e => [e, e.getBoundingClientRect()])";
const NAME: &str =
    "(e.dataset.do ?? e.dataset.parameter ?? e.dataset.act ?? e.outerHTML.slice(0, 80))";

#[test]
fn every_control_is_inside_the_window() {
    visit().read(|reader| async move {
        for width in [360, 320] {
            reader.set_width(width).await;
            let lab = Lab::open(reader.clone()).await;
            let outside = format!(
                "{CONTROLS}.filter(([e, r]) => !e.closest('.lab-log') && (r.left < 0 || r.right > innerWidth + 0.5))
                    .map(([e, r]) => `${{{NAME}}}: ${{Math.round(r.left)}} to ${{Math.round(r.right)}}`)"
            );
            let outside = lab.reader.texts(&outside).await;
            assert!(outside.is_empty(), "outside of {width} px: {outside:#?}");
        }
    });
}

#[test]
fn every_control_is_large_enough_for_a_finger() {
    visit().read(|reader| async move {
        reader.set_width(360).await;
        let lab = Lab::open(reader).await;
        // A box to tick counts with its label.
        let small = format!(
            "{CONTROLS}.map(([e, r]) => [e, e.type === 'checkbox' ? e.closest('label').getBoundingClientRect() : r])
                .filter(([e, r]) => r.width < 24 || r.height < 24)
                .map(([e, r]) => `${{{NAME}}}: ${{Math.round(r.width)}} × ${{Math.round(r.height)}}`)"
        );
        let small = lab.reader.texts(&small).await;
        assert!(small.is_empty(), "smaller than 24 × 24 px: {small:#?}");
    });
}

#[test]
fn a_narrow_window_shows_the_same_run_as_a_wide_one() {
    visit().read(|reader| async move {
        let lab = Lab::open(reader.clone()).await;
        lab.press("end").await;
        lab.until("the end is shown", "lab.querySelector('.scrub').value === lab.querySelector('.scrub').max")
            .await;
        let mut wide = lab.everything().await;
        reader.set_width(360).await;
        let fits = "(svg => svg.getBoundingClientRect().width < 360 && svg.viewBox.baseVal.width < 360)(lab.querySelector('svg.space-time'))";
        lab.until("the picture is drawn for the narrow window", fits).await;
        let mut narrow = lab.everything().await;
        // The axis has other ticks where there is less room.
        for seen in [&mut wide, &mut narrow] {
            seen.as_object_mut().unwrap().remove("pictures");
        }
        assert_same(&wide, &narrow, "in a narrow window");
        let marks = "lab.querySelectorAll('svg.space-time circle').length";
        lab.expect("the picture has its marks", &format!("{marks} > 3")).await;
    });
}
