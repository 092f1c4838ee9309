//! What the pages are made of.

use super::support::{OneLab, good, right_book};
use happens_before::book::{Chapter, Level, Markup, Segment, build};

/// The HTML that some Markdown becomes in the chapter `words`.
#[track_caller]
fn html(markdown: &str) -> String {
    let text = format!("{markdown}\n\nSee [the clocks]");
    let book = good(&[("chapters/words.md", "See [the clocks]", &text)]);
    let parts = book.chapters[1]
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Html(Markup(html)) => html.clone().unwrap(),
            other => panic!("{other:?}"),
        });
    parts.collect()
}

/// Expects that some Markdown becomes HTML in which this stands.
#[track_caller]
fn check(markdown: &str, expected: &str) {
    let html = html(markdown);
    assert!(html.contains(expected), "{html}");
}

fn clocks() -> Chapter {
    good(&[]).chapters.swap_remove(0)
}

#[test]
fn chapters_stand_in_the_order_of_their_numbers() {
    let book = good(&[]);
    let cards = &book.contents.chapters;
    let slugs: Vec<&str> = cards.iter().map(|card| card.slug.as_str()).collect();
    assert_eq!(slugs, ["clocks", "words"]);
    assert_eq!(book.contents.parts.len(), 2);
    assert_eq!(book.chapters[0].card, cards[0]);
}

#[test]
fn active_blocks_stand_between_the_pieces_of_text() {
    let mut kinds: Vec<&str> = clocks().segments.iter().map(kind).collect();
    kinds.dedup();
    let expected = ["html", "lab", "html", "quiz", "html", "predict", "exercise"];
    assert_eq!(kinds, expected);
}

#[test]
fn a_section_is_a_piece_of_text_of_its_own() {
    let chapter = clocks();
    let beginnings = chapter.segments.iter().filter_map(|segment| match segment {
        Segment::Html(Markup(Some(html))) => Some((html.matches("<h2").count(), html)),
        _ => None,
    });
    let mut sections = 0;
    for (headings, html) in beginnings {
        assert!(
            headings == 0 || (headings == 1 && html.starts_with("<h2")),
            "{html}"
        );
        sections += headings;
    }
    let outlined = chapter.outline.iter().filter(|heading| heading.level == 2);
    assert_eq!(sections, outlined.count());
}

/// All of the text of the first pieces, up to the first active block.
fn first_text() -> String {
    let chapter = clocks();
    let texts = chapter.segments.iter().map_while(|segment| match segment {
        Segment::Html(Markup(html)) => html.clone(),
        _ => None,
    });
    texts.collect()
}

fn kind(segment: &Segment) -> &'static str {
    match segment {
        Segment::Html(_) => "html",
        Segment::Lab(_) => "lab",
        Segment::Quiz(_) => "quiz",
        Segment::Predict(_) => "predict",
        Segment::Exercise(_) => "exercise",
    }
}

#[test]
fn a_lab_opens_with_the_run_its_fence_describes() {
    let chapter = clocks();
    let lab = chapter.segments.iter().find_map(|segment| match segment {
        Segment::Lab(lab) => Some(lab.run.as_str()),
        _ => None,
    });
    let run = "scenario=fast-clock;seed=7;machines=3;offset=80ms;at=120ms";
    assert_eq!(lab, Some(run));
}

#[test]
fn a_need_has_a_title_if_it_is_written() {
    let needs = clocks().needs;
    let titles: Vec<Option<&str>> = needs.iter().map(|need| need.title.as_deref()).collect();
    assert_eq!(titles, [None, Some("Words")]);
}

#[test]
fn the_outline_has_the_headings_with_their_anchors() {
    let outline = clocks().outline;
    let ids: Vec<(u8, &str)> = outline.iter().map(|h| (h.level, h.id.as_str())).collect();
    assert_eq!(ids, [(2, "counters"), (3, "what-it-costs")]);
}

#[test]
fn minutes_are_counted() {
    let words = "word ".repeat(2200);
    let book = good(&[(
        "chapters/words.md",
        "See [the",
        &format!("{words}\n\nSee [the"),
    )]);
    assert_eq!(book.chapters[1].card.reading_minutes, 11);
    let practice: Vec<u16> = book
        .chapters
        .iter()
        .map(|c| c.card.practice_minutes)
        .collect();
    assert_eq!(practice, [1 + 2 + 6 + 3, 3]);
}

#[test]
fn questions_are_kept_with_their_proof() {
    let question = clocks().questions.swap_remove(0);
    assert_eq!(question.level, Level::Senior);
    let proof = "chapter/clocks/#run=clock-skew;scenario=fast-clock";
    assert_eq!(question.proof.as_deref(), Some(proof));
    assert_eq!(
        question.follow_ups[0].0.as_deref(),
        Some("And with <em>three</em> machines?")
    );
}

#[test]
fn sources_are_numbered_by_first_use_with_the_questions_after_the_text() {
    let book = good(&[(
        "questions/words.toml",
        "A message arrived.",
        "A message[^lamport1978].",
    )]);
    let words = &book.chapters[1];
    let numbers: Vec<_> = words
        .sources
        .iter()
        .map(|s| (s.number, s.key.as_str()))
        .collect();
    assert_eq!(numbers, [(1, "ntp"), (2, "lamport1978")]);
}

#[test]
fn a_citation_says_what_it_cites() {
    check(
        "Really[^lamport1978].",
        "<sup class=\"cite\"><a href=\"chapter/words/#source-lamport1978\" \
         id=\"cite-lamport1978\" aria-label=\"source 2: Leslie Lamport, 1978\">2</a></sup>",
    );
    check("Again[^ntp].", "id=\"cite-ntp-2\"");
}

#[test]
fn the_glossary_holds_the_definitions_without_their_ids() {
    let glossary = good(&[]).glossary;
    let terms: Vec<&str> = glossary.iter().map(|entry| entry.term.as_str()).collect();
    assert_eq!(terms, ["cause", "Clock skew"]);
    let text = glossary[0].text.0.as_deref().unwrap();
    assert!(text.starts_with("<p>A <dfn>cause</dfn> is"), "{text}");
    assert!(!text.contains(" id="), "{text}");
}

#[test]
fn a_heading_is_a_link_to_itself() {
    check(
        "### What *it* costs {#cost}",
        "<h3 id=\"cost\"><a class=\"anchor\" href=\"chapter/words/#cost\">What <em>it</em> \
         costs</a></h3>",
    );
}

#[test]
fn links_are_written_from_the_root_of_the_site() {
    check(
        "[here](#causes)",
        "<a href=\"chapter/words/#causes\">here</a>",
    );
    check(
        "[there](clocks.md)",
        "<a href=\"chapter/clocks/\">there</a>",
    );
    check(
        "[source](#source-ntp)",
        "<a href=\"chapter/words/#source-ntp\">",
    );
    check(
        "[run](lab:clock-skew;scenario=lost-update)",
        "<a href=\"chapter/clocks/#run=clock-skew;scenario=lost-update\" class=\"run-link\">",
    );
    check(
        "[web](https://example.org/a?b=1&c=%20)",
        "<a href=\"https://example.org/a?b=1&amp;c=%20\" rel=\"noopener\">",
    );
}

#[test]
fn a_definition_is_an_anchor() {
    let html = first_text();
    let define = "<div class=\"define\" id=\"clock-skew\">\n<p><dfn>Clock skew</dfn> is";
    assert!(html.contains(define), "{html}");
}

#[test]
fn a_callout_has_a_title() {
    check(
        "> [!rule]\n> Text.",
        "<aside class=\"callout callout-rule\">\n<p class=\"callout-title\">Rule</p>\n<p>Text.</p>",
    );
    check(
        "> [!misconception] \"NTP\" *helps*\n> Text.",
        "<p class=\"callout-title\">Misconception: “NTP” <em>helps</em></p>",
    );
}

#[test]
fn a_quotation_stays_one() {
    check("> Text.", "<blockquote>\n<p>Text.</p>\n</blockquote>");
}

#[test]
fn a_figure_is_drawn_into_the_page_with_ids_of_its_own() {
    let html = first_text();
    for part in [
        "<figure class=\"figure\"><div role=\"img\" aria-label=\"n2 shows fifty",
        "<svg viewBox=\"0 0 640 200\" aria-hidden=\"true\" focusable=\"false\">",
        "<marker id=\"two-clocks-tip\"",
        "marker-end=\"url(#two-clocks-tip)\"",
        "<figcaption>Two clocks at one moment</figcaption>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_table_scrolls_in_a_region_with_a_name() {
    let table = "| Clock | `offset` |\n|---|--:|\n| n1 | 0 |";
    check(
        table,
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Clock, offset\">",
    );
    check(
        table,
        "<th scope=\"col\" class=\"align-right\"><code>offset</code></th>",
    );
    check(
        table,
        "<tr><td>n1</td><td class=\"align-right\">0</td></tr>",
    );
}

#[test]
fn the_corner_of_a_table_may_be_empty() {
    check(
        "| | a |\n|---|---|\n| n1 | 0 |",
        "<tr><td></td><th scope=\"col\">a</th></tr>",
    );
}

#[test]
fn code_is_highlighted_with_classes() {
    check(
        "```rust\nlet x = 1;\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\">\
         <span class=\"hl-keyword\">let</span> x = <span class=\"hl-number\">1</span>;\n</code></pre>",
    );
}

#[test]
fn formulas_are_mathml() {
    check(
        "A $\\theta$ here",
        "<p>A <math display=\"inline\"><mi>θ</mi></math> here</p>",
    );
    check(
        "$$\\theta$$",
        "<p class=\"math\" tabindex=\"0\"><math display=\"block\">",
    );
}

#[test]
fn code_as_short_as_an_assignment_is_not_broken() {
    check("`x = 2`", "<p><code class=\"short\">x = 2</code></p>");
    check(
        "`a = b + c + d + e + f`",
        "<p><code>a = b + c + d + e + f</code></p>",
    );
}

#[test]
fn punctuation_is_smart_but_not_in_code() {
    check(
        "It's \"so\" -- `a--\"b\"`",
        "<p>It’s “so” – <code>a--&quot;b&quot;</code></p>",
    );
}

#[test]
fn lists_and_emphasis_are_plain_html() {
    check(
        "1. *a*\n2. **b**",
        "<ol>\n<li><em>a</em></li>\n<li><strong>b</strong></li>\n</ol>",
    );
    check("3. a", "<ol start=\"3\">");
    check(
        "- ~~a~~  \n  b",
        "<ul>\n<li><del>a</del><br>\nb</li>\n</ul>",
    );
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let write = || serde_json::to_string(&build(&right_book(), &OneLab).0.chapters).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn a_skeleton_of_a_built_chapter_holds_no_prose() {
    let json = serde_json::to_string(&clocks().skeleton()).unwrap();
    assert!(!json.contains("<p>"), "{json}");
}
