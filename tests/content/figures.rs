//! What can be wrong with figures.

use super::support::check;

const CLOCKS: &str = "chapters/clocks.md";
const SVG: &str = "figures/two-clocks.svg";
const IMAGE: &str = "![n2 shows fifty milliseconds more than n1](figures/two-clocks.svg \"Two clocks at one moment\")";

/// Replaces a text of the drawing and expects these problems.
#[track_caller]
fn check_svg(from: &str, to: &str, expected: &[(&str, &str)]) {
    check(&[(SVG, from, to)], expected);
}

#[test]
fn a_figure_has_a_text_for_those_who_cannot_see_it() {
    check(
        &[(
            CLOCKS,
            "![n2 shows fifty milliseconds more than n1]",
            "‸![]",
        )],
        &[(
            "the figure has no text for those who cannot see it",
            "say between the brackets what the figure says: `![n2's clock is 50 ms …](…)`",
        )],
    );
}

#[test]
fn a_figure_has_a_caption() {
    check(
        &[
            (CLOCKS, "![n2 shows", "‸![n2 shows"),
            (CLOCKS, " \"Two clocks at one moment\"", ""),
        ],
        &[(
            "the figure has no caption",
            "write it after the file: `(figures/x.svg \"Caption\")`",
        )],
    );
}

#[test]
fn a_figure_must_be_there() {
    check(
        &[
            (CLOCKS, "(figures/two-clocks.svg", "(‸figures/two-clock.svg"),
            (SVG, "<svg xmlns", "‸<svg xmlns"),
        ],
        &[
            (
                "there is no figure `two-clock`",
                "did you mean `two-clocks`?",
            ),
            (
                "the figure `two-clocks` is never shown",
                "show it in a chapter, or delete it",
            ),
        ],
    );
}

#[test]
fn an_image_is_a_figure_of_the_book() {
    check(
        &[
            (
                CLOCKS,
                "(figures/two-clocks.svg",
                "(‸https://example.org/x.png",
            ),
            (SVG, "<svg xmlns", "‸<svg xmlns"),
        ],
        &[
            (
                "`https://example.org/x.png` is no figure",
                "name a file of the folder: `figures/fast-clock.svg`",
            ),
            (
                "the figure `two-clocks` is never shown",
                "show it in a chapter, or delete it",
            ),
        ],
    );
}

#[test]
fn an_image_has_a_paragraph_of_its_own() {
    let image = format!("See ‸{IMAGE}");
    check(
        &[(CLOCKS, IMAGE, &image), (SVG, "<svg xmlns", "‸<svg xmlns")],
        &[
            (
                "an image stands within a text",
                "give the image a paragraph of its own",
            ),
            (
                "the figure `two-clocks` is never shown",
                "show it in a chapter, or delete it",
            ),
        ],
    );
}

#[test]
fn a_figure_stands_once_in_a_chapter() {
    let image = format!("{IMAGE}\n\n![Again](‸figures/two-clocks.svg \"Again\")");
    check(
        &[(CLOCKS, IMAGE, &image)],
        &[(
            "the figure `two-clocks` stands twice in the chapter",
            "refer to the first in words",
        )],
    );
}

#[test]
fn markdown_in_a_caption_is_checked() {
    check(
        &[(
            CLOCKS,
            "\"Two clocks at one moment\"",
            "\"Two [clocks](‸nowhere.md)\"",
        )],
        &[(
            "there is no chapter `nowhere`",
            "chapters are: clocks, words",
        )],
    );
}

#[test]
fn a_drawing_is_well_formed() {
    check_svg(
        "</text>",
        "‸</tex>",
        &[(
            "the figure is not well-formed: `</tex>` closes `<text>`",
            "write well-formed XML: every element closed, every attribute quoted",
        )],
    );
}

#[test]
fn a_drawing_runs_no_script() {
    check_svg(
        "<text x=\"9\"",
        "‸<script>x</script><text x=\"9\" ‸onclick=\"x()\"",
        &[
            (
                "a figure may not contain `<script>`",
                "drawing elements are: circle, clipPath, defs, desc, ellipse, g, line, \
                 linearGradient, marker, mask, path, pattern, polygon, polyline, radialGradient, \
                 rect, stop, svg, text, tspan, …",
            ),
            (
                "a figure may not have the attribute `onclick`",
                "take it out: a figure runs no script",
            ),
        ],
    );
}

#[test]
fn a_drawing_fetches_nothing() {
    check_svg(
        "<text x=\"9\"",
        "<use ‸href=\"https://example.org/a.svg#b\"/><text ‸fill=\"url(https://example.org/)\" x=\"9\"",
        &[
            (
                "the figure refers to `https://example.org/a.svg#b`, which is outside of it",
                "refer only to ids of the same file: `#arrow`",
            ),
            (
                "the figure refers to `https://example.org/`, which is outside of it",
                "refer only to ids of the same file: `#arrow`",
            ),
        ],
    );
}

#[test]
fn a_drawing_refers_to_ids_it_has() {
    check_svg(
        "marker-end=\"url(#tip)\"",
        "‸marker-end=\"url(#top)\"",
        &[(
            "the figure has no element with the id `top`",
            "did you mean `tip`?",
        )],
    );
    check_svg(
        "<text x=\"9\"",
        "<text ‸id=\"tip\" x=\"9\"",
        &[(
            "the id `tip` is used twice in the figure",
            "give each element its own id",
        )],
    );
}

#[test]
fn a_drawing_leaves_size_and_style_to_the_page() {
    check_svg(
        "viewBox=\"0 0 640 200\"",
        "‸width=\"640\" viewBox=\"0 0 640 200\"",
        &[(
            "a figure may not have the attribute `width`",
            "leave the size to the page, keep `viewBox`",
        )],
    );
    check_svg(
        "<text x=\"9\"",
        "<text ‸style=\"fill:red\" x=\"9\"",
        &[(
            "a figure may not have the attribute `style`",
            "set colours with attributes: `fill=\"var(--accent)\"`",
        )],
    );
    check(
        &[(
            SVG,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 200\"",
            "‸<svg",
        )],
        &[(
            "the figure has no `viewBox`",
            "add one, for example `viewBox=\"0 0 640 320\"`",
        )],
    );
}
