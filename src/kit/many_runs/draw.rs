//! Draws a plot that has been laid out, on whatever plotters can draw on.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::{Cartesian2d, DrawingArea, DrawingBackend, IntoFont, RGBColor, TextStyle};
use plotters::series::{DashedLineSeries, LineSeries};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, ShapeStyle};

use super::layout::{Frame, LINE, count, edges, joined, longest_name};
use crate::sim::batch::{Curve, Mark, Plot};

/// Beyond so many points a curve has no dots.
const MOST_DOTS: usize = 60;

/// What a plot is drawn with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pens {
    /// For what is to be read, and for quantiles.
    pub ink: RGBColor,
    /// For the axes' numbers.
    pub muted: RGBColor,
    /// For lines behind the plot.
    pub rule: RGBColor,
    /// For axes, and for theory.
    pub line: RGBColor,
    /// For what lies behind everything.
    pub paper: RGBColor,
    /// For curves and bars, one after the other.
    pub curves: Vec<RGBColor>,
    /// The letters' family, and their size in pixels of the page.
    pub font: (String, f64),
    /// How many pixels of the drawing there are to one of the page.
    pub scale: f64,
}

impl Pens {
    /// A length in pixels of the drawing.
    fn length(&self, pixels: f64) -> u32 {
        u32::try_from(self.at(pixels)).unwrap_or(0)
    }

    /// A place in pixels of the drawing.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a place in a picture; the cast goes to the nearest end"
    )]
    fn at(&self, pixels: f64) -> i32 {
        (pixels * self.scale).round() as i32
    }

    fn stroke(&self, colour: RGBColor, width: f64) -> ShapeStyle {
        colour.stroke_width(self.length(width).max(1))
    }

    fn curve(&self, place: usize) -> RGBColor {
        let colour = self.curves.get(place % self.curves.len().max(1));
        colour.copied().unwrap_or(self.ink)
    }

    fn text<'a>(&'a self, colour: &'a RGBColor, across: HPos, along: VPos) -> TextStyle<'a> {
        let size = self.font.1 * self.scale;
        TextStyle::from((FontFamily::Name(&self.font.0), size).into_font())
            .color(colour)
            .pos(Pos::new(across, along))
    }
}

/// The room of the plot itself, in the measure of its axes.
type Room<'a, DB> = DrawingArea<DB, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// An error of what is drawn on; the picture is then not complete.
pub(super) type Failure<DB> =
    plotters::drawing::DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// A plot on its way onto the page.
pub(super) struct Sheet<'a, DB: DrawingBackend> {
    plot: &'a Plot,
    frame: &'a Frame,
    pens: &'a Pens,
    root: DrawingArea<DB, Shift>,
    room: Room<'a, DB>,
    /// The width of it all, in pixels of the page.
    width: f64,
}

impl<'a, DB: DrawingBackend> Sheet<'a, DB> {
    /// A sheet of so many pixels of the page.
    pub(super) fn new(
        plot: &'a Plot,
        frame: &'a Frame,
        pens: &'a Pens,
        root: DrawingArea<DB, Shift>,
        width: f64,
    ) -> Self {
        let (x, y) = (&frame.x, &frame.y);
        let across = pens.at(x.pixels.0)..pens.at(x.pixels.1);
        // From the smallest value on, which is at the bottom.
        let along = pens.at(y.pixels.0)..pens.at(y.pixels.1);
        let coordinates =
            Cartesian2d::new(x.range.0..x.range.1, y.range.0..y.range.1, (across, along));
        Self {
            plot,
            frame,
            pens,
            room: root.apply_coord_spec(coordinates),
            root,
            width,
        }
    }

    /// Draws everything.
    ///
    /// # Errors
    /// When what is drawn on refuses.
    pub(super) fn draw(&self) -> Result<(), Failure<DB>> {
        self.root.fill(&self.pens.paper)?;
        self.grid()?;
        self.bars()?;
        for (place, curve) in self.plot.curves.iter().enumerate() {
            self.curve(curve, self.colour(place, curve))?;
        }
        self.names()?;
        for (place, mark) in self.plot.marks.iter().enumerate() {
            self.mark(place, mark)?;
        }
        self.root.present()
    }

    fn colour(&self, place: usize, curve: &Curve) -> RGBColor {
        if curve.theory {
            self.pens.muted
        } else {
            self.pens.curve(place)
        }
    }

    /// Round values, with lines behind the plot from those of the vertical axis.
    fn grid(&self) -> Result<(), Failure<DB>> {
        let (pens, x, y) = (self.pens, &self.frame.x, &self.frame.y);
        let text = pens.text(&pens.muted, HPos::Right, VPos::Center);
        for (value, words) in &y.marks {
            let style = if *value == 0.0 { pens.line } else { pens.rule };
            self.path(
                &[(x.range.0, *value), (x.range.1, *value)],
                pens.stroke(style, 1.0),
            )?;
            if let Some(height) = y.place(*value) {
                self.write(words, &text, (x.pixels.0 - 6.0, height))?;
            }
        }
        let text = pens.text(&pens.muted, HPos::Center, VPos::Top);
        let bottom = y.pixels.0;
        self.path(
            &[(x.range.0, y.range.0), (x.range.1, y.range.0)],
            pens.stroke(pens.line, 1.0),
        )?;
        for (value, words) in &x.marks {
            let Some(place) = x.place(*value) else {
                continue;
            };
            let tick =
                [(place, bottom), (place, bottom + 4.0)].map(|(x, y)| (pens.at(x), pens.at(y)));
            self.root
                .draw(&PathElement::new(tick, pens.stroke(pens.line, 1.0)))?;
            self.write(words, &text, (place, bottom + 6.0))?;
        }
        Ok(())
    }

    fn bars(&self) -> Result<(), Failure<DB>> {
        let pens = self.pens;
        for bin in &self.plot.bins {
            let (from, to) = edges(self.plot, bin);
            let (Some(from), Some(to)) = (self.frame.x.measure(from), self.frame.x.measure(to))
            else {
                continue;
            };
            let corners = [(from, count(bin.count)), (to, 0.0)];
            self.room
                .draw(&Rectangle::new(corners, pens.curve(0).mix(0.5).filled()))?;
            self.room
                .draw(&Rectangle::new(corners, pens.stroke(pens.curve(0), 1.0)))?;
        }
        Ok(())
    }

    /// A curve over the band of its confidence intervals; theory is dashed.
    fn curve(&self, curve: &Curve, colour: RGBColor) -> Result<(), Failure<DB>> {
        let pens = self.pens;
        self.intervals(curve, colour)?;
        let points: Vec<(f64, f64)> = joined(curve)
            .into_iter()
            .filter_map(|(x, y)| Some((self.frame.x.measure(x)?, y)))
            .filter(|(_, y)| y.is_finite())
            .collect();
        let style = pens.stroke(colour, 2.0);
        if curve.theory {
            let (dash, gap) = (pens.length(6.0), pens.length(4.0));
            let dashed = DashedLineSeries::new(points, dash, gap, style);
            for dash in dashed {
                self.room.draw(&dash)?;
            }
            return Ok(());
        }
        let dots = if points.len() <= MOST_DOTS && !curve.steps {
            points.clone()
        } else {
            Vec::new()
        };
        for line in LineSeries::<DB, _>::new(points, style) {
            self.room.draw(&line)?;
        }
        for dot in dots {
            self.room
                .draw(&Circle::new(dot, pens.length(3.5), colour.filled()))?;
        }
        Ok(())
    }

    /// A thin band; a point that stands alone has a line.
    fn intervals(&self, curve: &Curve, colour: RGBColor) -> Result<(), Failure<DB>> {
        let ends: Vec<(f64, f64, f64)> = curve
            .points
            .iter()
            .filter_map(|point| {
                let (low, high) = point.interval?;
                let x = self.frame.x.measure(point.x)?;
                (low.is_finite() && high.is_finite()).then_some((x, low, high))
            })
            .collect();
        for (x, low, high) in &ends {
            self.path(&[(*x, *low), (*x, *high)], self.pens.stroke(colour, 1.0))?;
        }
        let above = ends.iter().map(|(x, _, high)| (*x, *high));
        let below = ends.iter().rev().map(|(x, low, _)| (*x, *low));
        let band: Vec<(f64, f64)> = above.chain(below).collect();
        self.room
            .draw(&Polygon::new(band, colour.mix(0.18).filled()))
    }

    /// The names of several curves, at their ends, none on top of another.
    fn names(&self) -> Result<(), Failure<DB>> {
        let pens = self.pens;
        if self.plot.curves.len() < 2 {
            return Ok(());
        }
        let ends = self
            .plot
            .curves
            .iter()
            .enumerate()
            .filter_map(|(place, curve)| {
                let last = curve
                    .points
                    .iter()
                    .rev()
                    .find(|point| point.y.is_finite())?;
                Some((self.frame.y.place(last.y)?, place, curve))
            });
        let mut ends: Vec<(f64, usize, &Curve)> = ends.collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let most = longest_name(self.frame, self.width);
        let mut free = self.frame.y.pixels.1;
        for (height, place, curve) in ends {
            let height = height.max(free);
            free = height + LINE;
            let colour = self.colour(place, curve);
            let text = pens.text(&colour, HPos::Left, VPos::Center);
            self.write(
                &shortened(&curve.name, most),
                &text,
                (self.frame.x.pixels.1 + 6.0, height),
            )?;
        }
        Ok(())
    }

    /// A line through the plot at a quantile, with its name above, and a band where it is only
    /// known to lie.
    fn mark(&self, place: usize, mark: &Mark) -> Result<(), Failure<DB>> {
        let (pens, x, y) = (self.pens, &self.frame.x, &self.frame.y);
        let (Some(at), Some(value)) = (x.place(mark.x), x.measure(mark.x)) else {
            return Ok(());
        };
        if let Some((low, high)) = mark
            .interval
            .and_then(|(a, b)| Some((x.measure(a)?, x.measure(b)?)))
        {
            let corners = [(low, y.range.1), (high, y.range.0)];
            self.room
                .draw(&Rectangle::new(corners, pens.ink.mix(0.12).filled()))?;
        }
        self.path(
            &[(value, y.range.0), (value, y.range.1)],
            pens.stroke(pens.ink, 2.0),
        )?;
        // Towards the side where there is more room; each on a line of its own.
        let across = if at < (x.pixels.0 + x.pixels.1) / 2.0 {
            HPos::Left
        } else {
            HPos::Right
        };
        let text = pens.text(&pens.ink, across, VPos::Top);
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let top = 4.0 + LINE * place as f64;
        let words = format!("{} {}", mark.name, super::words::number(mark.x));
        self.write(&words, &text, (at, top))
    }

    fn path(&self, points: &[(f64, f64)], style: ShapeStyle) -> Result<(), Failure<DB>> {
        self.room.draw(&PathElement::new(points.to_vec(), style))
    }

    /// Text at a place in pixels of the page.
    fn write(
        &self,
        text: &str,
        style: &TextStyle<'_>,
        (x, y): (f64, f64),
    ) -> Result<(), Failure<DB>> {
        self.root
            .draw_text(text, style, (self.pens.at(x), self.pens.at(y)))
    }
}

/// A name in at most so many letters.
fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::convert::Infallible;
    use std::rc::Rc;

    use plotters::prelude::IntoDrawingArea;
    use plotters_backend::{
        BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
    };

    use super::*;
    use crate::sim::batch::{Bin, Point};

    /// What was drawn.
    #[derive(Clone, Debug, Default)]
    struct Drawn {
        /// Filled rectangles: left, top, right, bottom.
        bars: Vec<[i32; 4]>,
        /// Lines, by how many points each has.
        lines: Vec<usize>,
        texts: Vec<String>,
    }

    /// Keeps what is drawn, 600 pixels wide and 200 high.
    struct Notebook(Rc<RefCell<Drawn>>);

    type Done = Result<(), DrawingErrorKind<Infallible>>;

    impl DrawingBackend for Notebook {
        type ErrorType = Infallible;

        fn get_size(&self) -> (u32, u32) {
            (600, 200)
        }

        fn ensure_prepared(&mut self) -> Done {
            Ok(())
        }

        fn present(&mut self) -> Done {
            Ok(())
        }

        fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
            Ok(())
        }

        fn draw_rect<S: BackendStyle>(
            &mut self,
            from: BackendCoord,
            to: BackendCoord,
            _: &S,
            fill: bool,
        ) -> Done {
            if fill {
                self.0.borrow_mut().bars.push([from.0, from.1, to.0, to.1]);
            }
            Ok(())
        }

        fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
            &mut self,
            path: I,
            _: &S,
        ) -> Done {
            self.0.borrow_mut().lines.push(path.into_iter().count());
            Ok(())
        }

        fn draw_circle<S: BackendStyle>(
            &mut self,
            _: BackendCoord,
            _: u32,
            _: &S,
            _: bool,
        ) -> Done {
            Ok(())
        }

        fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
            &mut self,
            _: I,
            _: &S,
        ) -> Done {
            Ok(())
        }

        fn draw_text<S: BackendTextStyle>(&mut self, text: &str, _: &S, _: BackendCoord) -> Done {
            self.0.borrow_mut().texts.push(text.to_owned());
            Ok(())
        }
    }

    fn drawn(plot: &Plot) -> Drawn {
        let grey = RGBColor(128, 128, 128);
        let pens = Pens {
            ink: grey,
            muted: grey,
            rule: grey,
            line: grey,
            paper: grey,
            curves: Vec::new(),
            font: ("sans-serif".to_owned(), 13.0),
            scale: 1.0,
        };
        let notes = Rc::new(RefCell::new(Drawn::default()));
        let root = Notebook(Rc::clone(&notes)).into_drawing_area();
        let frame = Frame::of(plot, 600.0, 200.0).unwrap();
        Sheet::new(plot, &frame, &pens, root, 600.0).draw().unwrap();
        notes.take()
    }

    fn curves(points: &[(f64, f64)]) -> Plot {
        let points: Vec<Point> = points
            .iter()
            .map(|(x, y)| Point {
                x: *x,
                y: *y,
                ..Point::default()
            })
            .collect();
        let curve = |name: &str, theory| Curve {
            name: name.to_owned(),
            theory,
            points: points.clone(),
            ..Curve::default()
        };
        Plot {
            curves: vec![
                curve("measured", false),
                curve(
                    "a theory with a name that is much too long for the page",
                    true,
                ),
            ],
            ..Plot::default()
        }
    }

    #[test]
    fn a_bar_is_the_higher_the_more_runs_it_has_and_a_quantile_is_named() {
        let bin = |from, count| Bin {
            from,
            to: from + 1.0,
            count,
            run: None,
        };
        let drawn = drawn(&Plot {
            whole: true,
            bins: vec![bin(0.0, 10), bin(1.0, 20), bin(2.0, 5)],
            marks: vec![Mark {
                name: "median".to_owned(),
                x: 1.0,
                ..Mark::default()
            }],
            ..Plot::default()
        });
        // The first is the paper.
        let [_, few, many, fewest] = drawn.bars.as_slice() else {
            panic!("{drawn:?}")
        };
        assert!(many[1] < few[1] && few[1] < fewest[1], "{drawn:?}");
        assert!(few[2] <= many[0] && many[2] <= fewest[0], "{drawn:?}");
        assert_eq!((few[3], few[3]), (many[3], fewest[3]));
        assert!(drawn.texts.contains(&"median 1".to_owned()), "{drawn:?}");
    }

    #[test]
    fn theory_is_dashed_and_curves_are_named_as_far_as_there_is_room() {
        let drawn = drawn(&curves(&[(0.0, 0.0), (1.0, 1.0), (2.0, 4.0), (3.0, 9.0)]));
        // A dash around a corner has three points.
        let whole = drawn.lines.iter().filter(|points| **points == 4).count();
        assert_eq!(whole, 1, "{drawn:?}");
        assert!(drawn.lines.len() > 20, "no dashes: {drawn:?}");
        assert!(drawn.texts.contains(&"measured".to_owned()));
        assert!(
            drawn.texts.iter().any(|text| text.ends_with('…')),
            "{drawn:?}"
        );
    }

    #[test]
    fn numbers_that_are_none_do_not_stop_the_drawing() {
        let mut plot = curves(&[
            (1.0, f64::NAN),
            (2.0, 1.0),
            (f64::INFINITY, 2.0),
            (3.0, 1e300),
        ]);
        plot.log_x = true;
        plot.curves[0].points[1].interval = Some((f64::NEG_INFINITY, f64::NAN));
        plot.marks = vec![Mark {
            x: -1.0,
            interval: Some((f64::NAN, 0.0)),
            ..Mark::default()
        }];
        assert!(drawn(&plot).texts.contains(&"measured".to_owned()));
    }
}
