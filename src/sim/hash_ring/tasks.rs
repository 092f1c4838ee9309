//! Things to bring about, and questions about a run.

use crate::sim::lab::{Challenge, Outcome, Prediction};

pub(super) const CHALLENGES: &[Challenge] = &[
    Challenge {
        id: "even-ring",
        name: "An even ring",
        task: "Ten nodes on the plain ring: bring the fullest to at most 11 % of the keys, without weighing anybody.",
        from: "scenario=one-point;do=",
        hint: "The variation falls with the square root of the number of points.",
        solution: "scenario=one-point;vnodes=1000;do=",
        judge: even_ring,
    },
    Challenge {
        id: "two-fail-nothing-lost",
        name: "Two failures, nothing lost",
        task: "Ten nodes, two copies of each key, two nodes fail: let no key lose both of its copies.",
        from: "scenario=two-fail;do=",
        hint: "With many points every two nodes are neighbours somewhere. When are they not?",
        solution: "scenario=two-fail;vnodes=1;do=1s:fail:n3,2s:fail:n7",
        judge: two_fail_nothing_lost,
    },
    Challenge {
        id: "cheap-jump",
        name: "A cheap farewell",
        task: "Under jump hashing, let one of ten nodes go for good and move at most 15 % of the keys by it.",
        from: "scenario=jump-middle;do=",
        hint: "Jump hashing knows places in a list, not names: whose going shifts nobody?",
        solution: "scenario=jump-middle;do=1s:remove:n10",
        judge: cheap_jump,
    },
    Challenge {
        id: "bound-and-ring",
        name: "Even, with few points",
        task: "Ten nodes with ten virtual nodes each: keep the fullest at 10.5 % of the keys or less, and let n11 join with less than a third of the keys moving.",
        from: "scenario=bounded;scheme=ring;do=1s:add:100%",
        hint: "A full node may pass a key on. The smaller ε, the more keys are away from home.",
        solution: "scenario=bounded;slack=5%;do=1s:add:100%",
        judge: bound_and_ring,
    },
];

pub(super) const PREDICTIONS: &[Prediction] = &[
    Prediction {
        id: "modulo-eleventh",
        question: "Ten nodes hold 10,000 keys by hash mod 10. n11 joins, and it is hash mod 11 from then on. About how many of the keys are on another node than before?",
        run: "scenario=modulo;at=500ms",
        answers: &[
            (91, "about 9 %: the eleventh part, which is n11’s"),
            (500, "about half"),
            (910, "about 91 %"),
        ],
        probe: "moved-permille",
        why: "A key stays only if its hash has the same remainder by 10 and by 11, which one in eleven has.",
    },
    Prediction {
        id: "one-point-fullest",
        question: "Ten nodes have one point each on the ring. What part of the circle has the fullest, before anybody fails?",
        run: "scenario=one-point;do=;at=0ms",
        answers: &[
            (100, "10 %, like everybody"),
            (130, "about 13 %"),
            (292, "more than a quarter"),
        ],
        probe: "largest-share-permille",
        why: "Ten points at random leave gaps that are as uneven as waiting times; the largest of ten is on average 2.9 times the mean.",
    },
    Prediction {
        id: "hot-with-points",
        question: "Requests follow Zipf’s law with exponent 1.2; the ring has 1,000 points for each of ten nodes. What part of all requests does the hottest node answer?",
        run: "scenario=hot-key;at=0ms",
        answers: &[
            (105, "a little more than 10 %: the points even it out"),
            (200, "twice its part"),
            (249, "a quarter"),
        ],
        probe: "hottest-permille",
        why: "One key alone has a fifth of the requests, and a key is on one node however many points there are.",
    },
];

fn ring_of_ten(outcome: &Outcome<'_>) -> Result<(), String> {
    if outcome.number("nodes") != 10 {
        return Err("There must be ten nodes at the end.".to_owned());
    }
    Ok(())
}

fn even_ring(outcome: &Outcome<'_>) -> Result<(), String> {
    ring_of_ten(outcome)?;
    if outcome.run.config.choice("scheme") != "ring" {
        return Err("The scheme must be the ring.".to_owned());
    }
    if outcome
        .run
        .actions
        .iter()
        .any(|action| action.kind == "weigh")
    {
        return Err("Nobody may be weighed.".to_owned());
    }
    let largest = outcome.number("largest-share-permille");
    if largest > 110 {
        return Err(format!(
            "The fullest node still has {largest} ‰ of the keys."
        ));
    }
    Ok(())
}

fn two_fail_nothing_lost(outcome: &Outcome<'_>) -> Result<(), String> {
    ring_of_ten(outcome)?;
    if outcome.run.config.choice("scheme") != "ring" || outcome.value("copies") != 2 {
        return Err("It must be a ring with two copies.".to_owned());
    }
    if outcome.number("serving") != 8 {
        return Err("Two of the ten nodes must have failed.".to_owned());
    }
    if outcome.broke("copy-up") {
        return Err("Some keys had both copies on the nodes that failed.".to_owned());
    }
    Ok(())
}

fn cheap_jump(outcome: &Outcome<'_>) -> Result<(), String> {
    if outcome.run.config.choice("scheme") != "jump" {
        return Err("The scheme must be jump hashing.".to_owned());
    }
    if outcome.value("nodes") != 10 || outcome.number("nodes") != 9 {
        return Err("One of ten nodes must leave.".to_owned());
    }
    let moved = outcome.number("moved-permille");
    if moved > 150 {
        return Err(format!("{moved} ‰ of the keys moved."));
    }
    Ok(())
}

fn bound_and_ring(outcome: &Outcome<'_>) -> Result<(), String> {
    if outcome.value("nodes") != 10 || outcome.value("vnodes") != 10 {
        return Err("It must be ten nodes with ten virtual nodes each.".to_owned());
    }
    if outcome.number("nodes") != 11 {
        return Err("A node must join as n11, and nobody leave.".to_owned());
    }
    let (largest, moved) = (
        outcome.number("largest-share-permille"),
        outcome.number("moved-permille"),
    );
    if largest > 105 {
        return Err(format!("The fullest node has {largest} ‰ of the keys."));
    }
    if moved >= 333 {
        return Err(format!("{moved} ‰ of the keys moved."));
    }
    Ok(())
}
