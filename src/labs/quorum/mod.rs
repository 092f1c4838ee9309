//! The picture of the lab `quorum`: one write and one read at a glance, with both quorums as bands
//! over the replicas; below it the pictures that every protocol gets.

mod bands;

use leptos::prelude::*;

use crate::kit::cluster;
use crate::kit::deck::Player;
use crate::kit::shell::Shell;
use crate::sim::protocol::{Cluster, Status};
use crate::sim::quorum::glance::{Glance, Seen, glance};
use crate::sim::quorum::report::Freshness;
use crate::sim::quorum::{Quorum, chip};
use bands::{Place, places};

/// The lab, opened with a run.
#[must_use]
pub fn view(run: &str, caption: AnyView) -> AnyView {
    let player = Player::<Cluster<Quorum>>::open(run);
    view! {
        <Shell deck=player.deck caption stage=view! { <Stage player /> }.into_any()>
            <figure class="panel panel-wide">
                {cluster::stage(player)}
                <figcaption>
                    <strong>"The nodes. "</strong>
                    "Clients coordinate their own reads and writes; every message goes from a client to a replica or back."
                </figcaption>
            </figure>
            <figure class="panel panel-wide">
                {cluster::diagram(player)}
                <figcaption>
                    <strong>"The whole run. "</strong>
                    "Left to right is time: who was asked, who answered what, and when it was there."
                </figcaption>
            </figure>
        </Shell>
    }
    .into_any()
}

/// One write and one read at the moment that the reader looks at.
#[component]
fn Stage(player: Player<Cluster<Quorum>>) -> impl IntoView {
    let count = Memo::new(move |_| player.deck.count());
    let seen = Memo::new(move |_| {
        // The world changes with events only, and the cursor moves with every frame.
        count.track();
        player.history.track();
        untrack(|| glance(&player.world()))
    });
    let quorums = Memo::new(move |_| {
        player.history.with(|history| {
            let settings = history.start().protocol().settings();
            (settings.w, settings.r, settings.n)
        })
    });
    let band = move |title: fn(&Glance, (u8, u8, u8)) -> String| {
        move || seen.with(|seen| title(seen, quorums.get()))
    };
    view! {
        <figure class="panel quorum-stage">
            <p class="quorum-band-title quorum-write">{band(write_title)}</p>
            <ol class="quorum-replicas">{move || seen.with(nodes)}</ol>
            <p class="quorum-band-title quorum-read">{band(read_title)}</p>
            <figcaption>
                {move || seen.with(|seen| {
                    let (mark, class) = outcome(seen.freshness);
                    view! { <p class=format!("quorum-outcome {class}") data-fresh=mark>{seen.sentence.clone()}</p> }
                })}
                <p class="quorum-overlap">{move || seen.with(|seen| overlap(quorums.get(), seen))}</p>
            </figcaption>
        </figure>
    }
}

/// The replicas and spares between the two bands.
fn nodes(seen: &Glance) -> impl IntoView + use<> {
    let in_write: Vec<bool> = seen.nodes.iter().map(|seen| seen.in_write).collect();
    let in_read: Vec<bool> = seen
        .nodes
        .iter()
        .map(|seen| seen.answered.is_some())
        .collect();
    let ties = places(&in_write).into_iter().zip(places(&in_read));
    let items: Vec<_> = seen.nodes.iter().cloned().zip(ties).collect();
    items
        .into_iter()
        .map(|(seen, (write, read))| node(&seen, write, read))
        .collect_view()
}

fn node(seen: &Seen, write: Place, read: Place) -> impl IntoView + use<> {
    let in_both = write == Place::In && read == Place::In;
    let status = match seen.status {
        Status::Up => None,
        Status::Paused => Some("‖ paused"),
        Status::Crashed => Some("✗ down"),
    };
    let chip_class = if seen.is_behind {
        "chip chip-stale"
    } else {
        "chip"
    };
    let keeps_for = seen.keeps_for.as_ref().map(|replicas| match &replicas[..] {
        [] => "spare".to_owned(),
        replicas => {
            let names: Vec<String> = replicas.iter().map(|number| format!("r{number}")).collect();
            format!("hint for {}", names.join(", "))
        }
    });
    let answered = seen.answered.map(|version| match version {
        0 => "said –".to_owned(),
        version => format!("said v{version}"),
    });
    view! {
        <li class="quorum-replica" data-status=status.map(|_| "away") data-both=in_both.then_some("true") title=in_words(seen)>
            <span class=format!("quorum-tie quorum-write tie-{}", write.class())>
                {(write == Place::In).then_some("acked")}
            </span>
            <span class="quorum-node">
                <strong>{seen.name.clone()}</strong>
                <span class=chip_class>{short(seen.version)}</span>
                {keeps_for.map(|words| view! { <span class="quorum-word">{words}</span> })}
                {(seen.is_behind).then(|| view! { <span class="quorum-word">"behind"</span> })}
                {status.map(|status| view! { <span class="quorum-word">{status}</span> })}
            </span>
            <span class=format!("quorum-tie quorum-read tie-{}", read.class())>{answered}</span>
        </li>
    }
}

/// A version in a narrow place.
fn short(version: u32) -> String {
    match version {
        0 => "–".to_owned(),
        version => format!("x = {version} · v{version}"),
    }
}

/// A replica for those who cannot see it.
fn in_words(seen: &Seen) -> String {
    let mut words = format!("{} has {}", seen.name, chip(seen.version));
    if seen.is_behind {
        words.push_str(", which is behind");
    }
    if seen.in_write {
        words.push_str("; it is in the write quorum");
    }
    if let Some(version) = seen.answered {
        words.push_str(&format!("; it answered with {}", chip(version)));
    }
    words
}

fn write_title(seen: &Glance, (w, _, n): (u8, u8, u8)) -> String {
    let Some((version, is_acknowledged)) = seen.write else {
        return format!("Write quorum: W = {w} of {n}");
    };
    let state = if is_acknowledged {
        "acknowledged"
    } else {
        "not acknowledged yet"
    };
    format!("Write quorum of {}: W = {w} of {n}, {state}", chip(version))
}

fn read_title(seen: &Glance, (_, r, n): (u8, u8, u8)) -> String {
    match &seen.read {
        None => format!("Read quorum: R = {r} of {n}"),
        Some((who, None)) => format!("Read quorum of {who}: R = {r} of {n}, not complete yet"),
        Some((who, Some(version))) => {
            format!(
                "Read quorum of {who}: R = {r} of {n}, returned {}",
                chip(*version)
            )
        }
    }
}

fn outcome(freshness: Option<Freshness>) -> (&'static str, &'static str) {
    match freshness {
        None => ("open", ""),
        Some(Freshness::Fresh) => ("fresh", "held"),
        Some(Freshness::Stale) => ("stale", "broken"),
        Some(Freshness::WentBack) => ("back", "broken"),
    }
}

fn overlap((w, r, n): (u8, u8, u8), seen: &Glance) -> String {
    let sum = w + r;
    if seen.nodes.iter().any(|seen| seen.keeps_for.is_some()) {
        let nodes = seen.nodes.len();
        format!(
            "W + R = {sum}, but spares count too: quorums are drawn from {nodes} nodes, not from N = {n}, and need not meet."
        )
    } else if sum > n {
        format!(
            "W + R = {sum} > N = {n}: any read quorum and any write quorum share at least {}.",
            match sum - n {
                1 => "one replica".to_owned(),
                count => format!("{count} replicas"),
            }
        )
    } else {
        format!("W + R = {sum} ≤ N = {n}: a read quorum can miss a write quorum altogether.")
    }
}
