//! What the readers make of good and of bad input.

use super::*;
use crate::sim::histories::cas_register::{CasRegister, Input, Output};
use crate::sim::histories::{Operation, Returned};
use crate::sim::time::Micros;

type Reading = Result<crate::sim::histories::History<Input, Output>, Malformed>;

fn log(text: &str) -> Reading {
    jepsen::<CasRegister>(text.as_bytes())
}

fn maps(text: &str) -> Reading {
    edn::<CasRegister>(text.as_bytes())
}

/// The only operation, by process 3.
fn check(read: Reading, call: u64, input: Input, returned: Option<(u64, Output)>) {
    let expected = Operation {
        process: 3,
        key: None,
        call: Micros(call),
        input,
        returned: returned.map(|(at, output)| Returned {
            at: Micros(at),
            output,
        }),
    };
    assert_eq!(read.unwrap().operations(), [expected]);
}

fn empty(read: Reading) {
    assert_eq!(read.unwrap().operations(), []);
}

fn error(read: Reading, expected: &str) {
    assert_eq!(read.unwrap_err().to_string(), expected);
}

#[test]
fn a_log_is_read_line_by_line_and_other_lines_are_passed_over() {
    check(
        log("INFO  jepsen.core - Worker 3 starting\r\n\
             INFO  jepsen.util - 3\t:invoke\t:cas\t[1 2]\r\n\
             INFO  jepsen.util - :nemesis\t:info\t:start\tnil\r\n\
             INFO  jepsen.util - 3\t:ok\t:cas\t[1 2]\r\n"),
        0,
        Input::Cas(1, 2),
        Some((1, Output::Written)),
    );
}

#[test]
fn what_ends_with_info_never_returned() {
    check(
        log("INFO  jepsen.util - 3\t:invoke\t:write\t4\n\
             INFO  jepsen.util - 3\t:info\t:write\t:timed-out\n"),
        0,
        Input::Write(4),
        None,
    );
}

#[test]
fn what_does_not_end_never_returned() {
    check(
        maps("{:process 3 :type :invoke :f :write :value 4}"),
        0,
        Input::Write(4),
        None,
    );
}

#[test]
fn what_failed_did_not_happen() {
    empty(log("INFO  jepsen.util - 3\t:invoke\t:cas\t[1 2]\n\
               INFO  jepsen.util - 3\t:fail\t:cas\t[1 2]\n"));
    empty(log("INFO  jepsen.util - 3\t:invoke\t:write\t1\n\
               INFO  jepsen.util - 3\t:fail\t:write\t1\n"));
}

#[test]
fn a_read_that_failed_by_timeout_is_left_out() {
    empty(log("INFO  jepsen.util - 3\t:invoke\t:read\tnil\n\
               INFO  jepsen.util - 3\t:fail\t:read\t:timed-out\n"));
}

#[test]
fn a_compare_and_set_that_says_mismatch_found_another_value() {
    check(
        maps(
            "{:process 3, :type :invoke, :f :cas, :value [1 2]}
             {:process 3, :type :fail, :f :cas, :value [1 2], :error :mismatch}",
        ),
        0,
        Input::Cas(1, 2),
        Some((1, Output::Mismatch)),
    );
}

#[test]
fn events_may_stand_in_a_vector_with_comments_tags_and_fields_of_their_own() {
    check(
        maps(
            "; a comment
             [#jepsen.history.Op{:process 3, :type :invoke, :f :read, :value nil, :index 0,
                                 :clock {:a #{1 2.5}, \"b\\n\" (x)}}
              {:process :nemesis, :type :info, :f :start}
              {:process 3, :type :ok, :f :read, :value -7}]",
        ),
        0,
        Input::Read,
        Some((1, Output::Value(Some(-7)))),
    );
}

#[test]
fn times_are_taken_if_they_keep_the_order() {
    let pair = |call: u64, at: u64| {
        format!(
            "{{:process 3, :type :invoke, :f :read, :time {call}}}
             {{:process 3, :type :ok, :f :read, :time {at}}}"
        )
    };
    let returned = |at| Some((at, Output::Value(None)));
    check(maps(&pair(5_000, 9_999)), 5, Input::Read, returned(9));
    check(maps(&pair(9_000, 9_999)), 0, Input::Read, returned(1));
    check(maps(&pair(9_000, 5_000)), 0, Input::Read, returned(1));
}

#[test]
fn an_empty_text_is_an_empty_history() {
    empty(log(""));
    empty(maps(" \n"));
    empty(maps("[]"));
}

#[test]
fn a_text_of_another_kind_is_refused() {
    error(
        log("{\"process\": 3}"),
        "line 1: no line is about an operation; \
         expected a line such as `INFO  jepsen.util - 3 :invoke :write 4`",
    );
    error(
        maps("INFO  jepsen.util - 3\t:invoke\t:write\t4"),
        "line 1: `INFO`; expected a map such as {:process 4, :type :invoke, :f :write, :value 2}",
    );
}

#[test]
fn a_function_that_the_model_lacks_is_refused() {
    error(
        log("\nINFO  jepsen.util - 3\t:invoke\t:increment\t4"),
        "line 2: `increment` with `4`; expected :read, :write with a whole number, \
         or :cas with two whole numbers such as [1 2]",
    );
}

#[test]
fn an_unknown_type_is_refused() {
    error(
        maps("\n{:process 3, :type :invok, :f :read}"),
        "line 2: :type is `:invok`; expected :invoke, :ok, :fail or :info there, \
         in a map such as {:process 4, :type :invoke, :f :write, :value 2}",
    );
}

#[test]
fn a_return_without_a_call_is_refused() {
    error(
        log("INFO  jepsen.util - 3\t:ok\t:write\t4"),
        "line 1: process 3 has nothing under way; expected an :invoke of this process first",
    );
}

#[test]
fn a_call_before_the_last_return_is_refused() {
    let call = "INFO  jepsen.util - 3\t:invoke\t:write\t4\n";
    error(
        log(&[call, call].concat()),
        "line 2: process 3 calls although its operation of line 1 is under way; \
         expected its :ok, :fail or :info first",
    );
}

#[test]
fn the_return_of_another_operation_is_refused() {
    error(
        log("INFO  jepsen.util - 3\t:invoke\t:write\t4\n\
             INFO  jepsen.util - 3\t:ok\t:read\t4"),
        "line 2: the end of another operation, `read`; \
         expected that of process 3's last :invoke, `write`, with the same key",
    );
}

#[test]
fn brackets_that_do_not_close_are_found_where_they_open() {
    error(
        maps("[\n{:process 3,\n\n"),
        "line 2: what begins here does not end; expected a closing }",
    );
    error(
        maps("[\n\n"),
        "line 3: the text ends here; expected another event or ]",
    );
}

#[test]
fn deep_nesting_is_refused_instead_of_followed() {
    error(
        maps(&"{[".repeat(100_000)),
        "line 1: a value nested 17 levels deep; expected at most 16 levels",
    );
}

#[test]
fn a_byte_that_is_no_text_is_found_on_its_line() {
    error(
        edn::<CasRegister>(b"[\n\n\xff]"),
        "line 3: a byte that is not UTF-8; expected text in UTF-8",
    );
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    error(
        edn::<CasRegister>(&vec![b' '; MOST_BYTES + 1]),
        "line 1: the file has 32000001 bytes; expected at most 32000000: give a part of the history",
    );
}

#[test]
fn the_operation_beyond_the_limit_is_refused_on_its_line() {
    let lines =
        (0..=100_000).map(|process| format!("- jepsen.util - {process} :invoke :read nil\n"));
    error(
        log(&lines.collect::<String>()),
        "line 100001: too many operations; expected at most 100000: give a part of the history",
    );
}

#[test]
fn an_operation_of_a_store_names_its_key() {
    let read = porcupine_kv(b"{:process 3, :type :invoke, :f :put, :value \"x\"}");
    let expected = "line 1: the event has no :key; expected a string or a whole number there, \
                    in a map such as {:process 4, :type :invoke, :f :write, :value 2}";
    assert_eq!(read.unwrap_err().to_string(), expected);
}
