//! Columns of text under each other.

/// Rows as lines whose columns begin under each other, two blanks apart.
pub fn aligned(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    lines(rows, |_, cell, width| format!("{cell:<width$}"))
}

/// The same with every column but the first to the right, for numbers.
pub fn numbers(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    lines(rows, |column, cell, width| match column {
        0 => format!("{cell:<width$}"),
        _ => format!("{cell:>width$}"),
    })
}

/// The lines, each with blanks before it.
pub fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// Each cell is filled up by `fill`, which gets its column, its text and the width of the column.
fn lines(
    rows: impl IntoIterator<Item = Vec<String>>,
    fill: fn(usize, &str, usize) -> String,
) -> String {
    let rows: Vec<Vec<String>> = rows.into_iter().collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells: Vec<String> = cells
            .map(|(column, (cell, width))| fill(column, cell, *width))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_and_no_line_ends_in_blanks() {
        let rows = [["a", "1", "x"], ["bcd", "−20", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(aligned(rows.clone()), "a    1    x\nbcd  −20\n");
        assert_eq!(numbers(rows), "a      1  x\nbcd  −20\n");
    }
}
