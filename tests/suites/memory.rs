//! What an answer may cost in memory, measured from outside: a few hundred kilobytes on the wire, which unpack to all
//! that an answer may be, four hundred times as much. One test in a process of its own.

use std::io::Write;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use connector_core::operation::SearchRequest;
use connector_core::{Connector, Context, ErrorKind};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use tests::collect;

const METADATA: &str = "<edmx:Edmx xmlns:edmx=\"x\"><EntityType Name=\"User\"><Property Name=\"userId\" Type=\"Edm.String\"/>\
    <Property Name=\"username\" Type=\"Edm.String\"/><Property Name=\"status\" Type=\"Edm.String\"/></EntityType></edmx:Edmx>";

/// An answer of this size, in short.
fn packed(start: &str, unit: &str, end: &str, size: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(start.as_bytes()).unwrap();
    let piece = unit.repeat((1 << 16) / unit.len());
    for _ in 0..(size - start.len() - end.len()) / piece.len() {
        encoder.write_all(piece.as_bytes()).unwrap();
    }
    encoder.write_all(end.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A tenant with this answer to every question.
async fn tenant(answer: Vec<u8>) -> String {
    let routes = Router::new().fallback(move |request: Request| {
        let answer = answer.clone();
        async move { answered(&request, answer) }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    url
}

fn answered(request: &Request, answer: Vec<u8>) -> Response {
    match request.uri().path().contains("$metadata") {
        true => METADATA.into_response(),
        false => {
            ([("content-encoding", "gzip"), ("content-type", "application/json")], answer).into_response()
        }
    }
}

/// The most memory that this process has had, in MiB.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? >> 10)
}

#[tokio::test]
async fn four_calls_with_the_worst_answers_that_there_are_stay_within_the_memory_for_answers() {
    if peak().is_none() {
        tests::skip::missing("Linux");
        return;
    }
    const MOST: usize = 64 << 20;
    let rows = r#"{"d":{"results":["#;
    for (start, unit, end, size) in [
        (rows, "1,", "1]}}", MOST),
        (rows, "{},", "{}]}}", MOST),
        (rows, r#"{"a":1},{"b":1},"#, "{}]}}", MOST),
        ("{\"d\":{\"results\":[{", "\"\":1,", "\"a\":1}]}}", MOST),
        (r#"{"d":{"results":[{"userId":""#, "x", r#""}]}}"#, MOST),
        (r#"{"d":{"results":[{"a":"#, "[", "", MOST),
        (rows, "1,", "1]}}", 2 * MOST),
    ] {
        let url = tenant(packed(start, unit, end, size)).await;
        let keys = json!({"url": url, "access_token": "x", "first_retry_wait": 0, "max_attempts": 1});
        let connector = tests::connector(keys.as_object().unwrap().clone()).unwrap();
        let calls = (0..4).map(|_| collect(connector.search(&Context::new(), SearchRequest::new("User"))));
        for result in futures_util::future::join_all(calls).await {
            let error = result.expect_err(unit);
            assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{unit}: {error}");
        }
        let peak = peak().unwrap();
        println!("{unit:>20} {} MiB: {peak} MiB at most so far", size >> 20);
        // The answers, the program, and the tenant that runs within it.
        assert!(peak < 256 + 64, "{unit}: {peak} MiB");
    }
}
