//! `lab model` and `lab analyse-log`.

use crate::program::{call, file, json, printed, references, told};

#[test]
fn a_log_is_analysed() {
    let log = "send\na {\"a\":1}\nalone\nb {\"b\":1}\nreceive\nb {\"b\":2, \"a\":1}\n";
    let path = file("small.log", log);
    let value = json(&["analyse-log", path.to_str().unwrap(), "--json"]);
    let expected = serde_json::json!({
        "events": 3, "processes": ["a", "b"], "messages": 1, "ordered_pairs": 2,
        "concurrent_pairs": 1, "layout": "description-first", "skipped_lines": [],
    });
    assert_eq!(value, expected);
    let broken = file("broken.log", "nothing\n");
    let output = call(&["analyse-log", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("there is no event in the log"));
}

#[test]
fn the_models_give_the_published_figures() {
    assert_eq!(
        printed(&[
            "model",
            "hybrid-clock",
            "5",
            "6",
            "10@10,5",
            "7",
            "8@10,4",
            "10@10,99",
            "11@10,31",
            "11"
        ]),
        "(5,0)\n(6,0)\n(10,6)\n(10,7)\n(10,8)\n(10,100)\n(11,0)\n(11,1)\n"
    );
    assert_eq!(
        printed(&["model", "marzullo", "8..12", "11..13", "10..12"]),
        "11..12\n"
    );
    let exchange = [
        "model", "ntp", "--t0", "0ms", "--t1", "105ms", "--t2", "106ms", "--t3", "11ms",
    ];
    let text = printed(&exchange);
    assert!(
        text.starts_with(
            "offset                       +100 ms\ndelay                        10 ms\n"
        )
    );
}

#[test]
fn the_published_logs_have_their_pairs() {
    let Some(folder) = references("shiviz") else {
        return;
    };
    for (name, events, ordered, concurrent) in [
        ("facebook.log", 47, 1_013, 68),
        ("simple-reliable-broadcast.log", 39, 546, 195),
    ] {
        let log = folder.join(name);
        let value = json(&["analyse-log", log.to_str().unwrap(), "--json"]);
        let found = ["events", "ordered_pairs", "concurrent_pairs"].map(|key| value[key].as_u64());
        assert_eq!(found, [events, ordered, concurrent].map(Some), "{name}");
    }
}
