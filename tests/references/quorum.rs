//! `quorum`: partial quorums, k-staleness, the write-back.

use happens_before::sim::{Format, Run, histories, link, quorum};

/// Bailis et al. 2012, sections 5.3 to 5.8, by the lab's own study: reads that are fresh at once for
/// R = W = 1 of three replicas. The 99.9th percentiles are held in `sim::pbs`.
#[test]
fn reads_of_partial_quorums_are_as_fresh_as_published() {
    let published = [
        ("lnkd-ssd", 97.4),
        ("lnkd-disk", 43.9),
        ("ymmr", 89.3),
        ("wan", 33.0),
    ];
    for (model, percent) in published {
        let run = format!("scenario=partial;model={model}");
        let run = link::decode(&quorum::LAB, &run).run;
        let mut study = quorum::study(&run);
        study.advance(100_000);
        let figures = study.figures();
        let row = &figures.tables[0].rows[0];
        assert_eq!(row[0], "R = 1, W = 1");
        let found: f64 = row[2].split(' ').next().unwrap().parse().unwrap();
        println!("{model}: {found} % fresh at once, published {percent} %");
        assert!((found - percent).abs() <= 0.5, "{model}: {found} %");
    }
}

/// Bailis et al. 2012, section 3.1, by the lab's own plot.
#[test]
fn the_formula_of_k_staleness_gives_the_papers_cells() {
    let run = Run::of(&quorum::LAB);
    let mut study = quorum::study(&run);
    study.advance(1_000);
    let figures = study.figures();
    let plot = figures
        .plots
        .iter()
        .find(|plot| plot.title.starts_with("k-staleness"))
        .unwrap();
    let formula = &plot
        .curves
        .iter()
        .find(|curve| curve.theory)
        .unwrap()
        .points;
    for (k, expected) in [(2, 0.556), (3, 0.704)] {
        assert!((formula[k - 1].y - expected).abs() < 5e-4, "k = {k}");
    }
}

/// Attiya, Bar-Noy and Dolev 1995: without the write-back a register over majorities is not atomic,
/// with it it is. The same two readers around the same unfinished write.
#[test]
fn two_readers_around_an_unfinished_write_need_the_write_back() {
    for (scenario, expected) in [("unfinished-write", false), ("write-back", true)] {
        let run = Run::scenario(&quorum::LAB, scenario).unwrap();
        let text = (run.lab.engine.export)(&run, Format::Operations).unwrap();
        let history = histories::parse::edn::<histories::Register>(text.as_bytes()).unwrap();
        let register = histories::Register::default();
        let checked = histories::check(&register, &history, histories::Bound::default());
        let linearizable = matches!(checked.verdict, histories::Verdict::Linearizable(_));
        assert_eq!(linearizable, expected, "{scenario}");
    }
}
