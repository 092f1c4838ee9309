//! Draws boxes and the lines between them, from left to right: what comes first stands left.

use super::super::html::escape;

/// Units of the drawing, which is shown in its own size.
const WIDTH: usize = 156;
const HEIGHT: usize = 46;
const GAP_X: usize = 44;
const GAP_Y: usize = 14;
const MARGIN: usize = 4;
/// Characters that a line of a label holds.
const LETTERS: usize = 21;
/// How often the columns are put in order by their neighbours.
const SWEEPS: usize = 6;

/// A box of the drawing.
#[derive(Debug)]
pub(super) struct Box {
    /// What stands in it.
    pub(super) label: String,
    /// Where it leads.
    pub(super) address: String,
    /// Whether it stands for something of another chapter.
    pub(super) is_foreign: bool,
}

/// The drawing with its lines `(from, to)`, which must not run in circles.
pub(super) fn draw(label: &str, boxes: &[Box], lines: &[(usize, usize)]) -> String {
    let columns = columns(boxes.len(), lines);
    let mut place = vec![(0, 0); boxes.len()];
    for (column, members) in columns.iter().enumerate() {
        for (row, member) in members.iter().enumerate() {
            let (x, y) = (column * (WIDTH + GAP_X), row * (HEIGHT + GAP_Y));
            place[*member] = (MARGIN + x, MARGIN + y);
        }
    }
    let rows = columns.iter().map(Vec::len).max().unwrap_or_default();
    let width = columns.len() * (WIDTH + GAP_X) - GAP_X.min(columns.len() * GAP_X) + 2 * MARGIN;
    let height = rows * (HEIGHT + GAP_Y) + 2 * MARGIN;
    let lines: String = lines
        .iter()
        .map(|(from, to)| line(place[*from], place[*to]))
        .collect();
    let boxes = boxes.iter().zip(&place);
    let boxes: String = boxes.map(|(shown, place)| one(shown, *place)).collect();
    let label = escape(label);
    format!(
        "<div class=\"concept-map\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">\
         <svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"{label}\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
         {lines}{boxes}</svg></div>\n"
    )
}

/// The boxes by column: each to the right of all that lead to it, and near to them.
fn columns(boxes: usize, lines: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut level = vec![0_usize; boxes];
    for _ in 0..boxes {
        for (from, to) in lines {
            level[*to] = level[*to].max(level[*from] + 1);
        }
    }
    // What leads somewhere stands right before it, not far away at the left.
    for at in 0..boxes {
        let is_first = !lines.iter().any(|(_, to)| *to == at);
        let next = lines.iter().filter(|(from, _)| *from == at);
        let next = next.map(|(_, to)| level[*to]).min();
        if let (true, Some(next)) = (is_first, next) {
            level[at] = next.saturating_sub(1);
        }
    }
    let last = level.iter().copied().max().unwrap_or_default();
    let of = |wanted: usize| (0..boxes).filter(|at| level[*at] == wanted).collect();
    let mut columns: Vec<Vec<usize>> = (0..=last).map(of).collect();
    for _ in 0..SWEEPS {
        for column in 0..columns.len() {
            let rows = rows(boxes, &columns);
            let mean = |at: &usize| mean_row(*at, lines, &rows);
            columns[column].sort_by_cached_key(mean);
        }
    }
    columns
}

fn rows(boxes: usize, columns: &[Vec<usize>]) -> Vec<usize> {
    let mut rows = vec![0; boxes];
    for column in columns {
        for (row, at) in column.iter().enumerate() {
            rows[*at] = row;
        }
    }
    rows
}

/// The mean row of a box's neighbours, in thousandths.
fn mean_row(at: usize, lines: &[(usize, usize)], rows: &[usize]) -> usize {
    let neighbour = |(from, to): &(usize, usize)| match (*from == at, *to == at) {
        (true, _) => Some(rows[*to]),
        (_, true) => Some(rows[*from]),
        _ => None,
    };
    let near: Vec<usize> = lines.iter().filter_map(neighbour).collect();
    match near.len() {
        0 => rows[at] * 1000,
        count => near.iter().sum::<usize>() * 1000 / count,
    }
}

fn line((from_x, from_y): (usize, usize), (to_x, to_y): (usize, usize)) -> String {
    let (x1, y1) = (from_x + WIDTH, from_y + HEIGHT / 2);
    let (x2, y2) = (to_x - 3, to_y + HEIGHT / 2);
    let (bend1, bend2) = (x1 + GAP_X / 2, x2.saturating_sub(GAP_X / 2));
    format!(
        "<path d=\"M{x1} {y1}C{bend1} {y1} {bend2} {y2} {x2} {y2}\" fill=\"none\" \
         stroke=\"var(--line)\" stroke-width=\"1.5\"/>\
         <path d=\"M{x2} {y2}l-7 -4v8z\" fill=\"var(--line)\"/>"
    )
}

fn one(shown: &Box, (x, y): (usize, usize)) -> String {
    let dash = if shown.is_foreign {
        " stroke-dasharray=\"4 3\""
    } else {
        ""
    };
    let lines = wrapped(&shown.label);
    let middle = y + HEIGHT / 2 + 5;
    let start = middle - 8 * lines.len().saturating_sub(1);
    let center = x + WIDTH / 2;
    let text = lines.iter().enumerate().map(|(at, line)| {
        let line_y = start + 16 * at;
        format!("<text x=\"{center}\" y=\"{line_y}\" text-anchor=\"middle\" font-size=\"13\" fill=\"var(--ink)\">{}</text>", escape(line))
    });
    format!(
        "<a href=\"{}\"><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"6\" \
         fill=\"var(--panel)\" stroke=\"var(--accent)\" stroke-width=\"1.5\"{dash}/>{}</a>",
        shown.address,
        text.collect::<String>()
    )
}

/// A label in two lines at most; what does not fit ends in dots.
fn wrapped(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace() {
        let last = lines.last_mut().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > LETTERS {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    if lines.len() > 2 {
        lines.truncate(2);
        if let Some(line) = lines.last_mut() {
            line.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_builds_on_something_stands_to_its_right() {
        let columns = columns(4, &[(0, 1), (1, 2), (0, 2)]);
        let column = |at: usize| columns.iter().position(|column| column.contains(&at));
        assert!(column(0) < column(1) && column(1) < column(2));
        assert_eq!(columns.iter().map(Vec::len).sum::<usize>(), 4);
    }

    #[test]
    fn a_long_label_has_two_lines() {
        assert_eq!(wrapped("read your writes"), ["read your writes"]);
        let two = wrapped("latency, consistency and availability");
        assert_eq!(two, ["latency, consistency", "and availability"]);
        assert!(wrapped(&"word ".repeat(20))[1].ends_with('…'));
    }
}
