//! What is too large, too long or endless is refused, once, and with the figures of docs/operations.md.

use std::io::Write;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use connector_core::operation::{GetRequest, ImportRequest, LookupRequest, SearchRequest};
use connector_core::{Connector, Context, Error, ErrorKind, Retry};
use connector_sfsf::SuccessFactorsConnector;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use serde_json::{Value as Json, json};
use tests::collect;

use super::tenant::{Answer, Odd, metadata, page};

async fn search(connector: &SuccessFactorsConnector) -> Error {
    collect(connector.search(&Context::new(), SearchRequest::new("User"))).await.unwrap_err()
}

#[track_caller]
fn refused_once(error: &Error, says: &str) {
    assert_eq!((error.kind(), error.retry()), (ErrorKind::TargetProtocol, Retry::Never), "{error}");
    assert!(error.message().contains(says), "{error}");
}

/// So many bytes, in pieces.
fn bytes(count: usize) -> Body {
    let piece = Bytes::from(vec![b' '; 64 << 10]);
    let pieces = vec![piece; count >> 16];
    Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>)))
}

fn packed(text: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..times {
        encoder.write_all(text).unwrap();
    }
    encoder.finish().unwrap()
}

#[tokio::test]
async fn an_answer_beyond_the_bound_is_refused_announced_or_not_packed_or_not() {
    let zip = packed(&[b' '; 1 << 20], 3);
    let tenant = Odd::people(move |asked| match () {
        () if asked.contains("POST") => page(&[]).into(),
        () if asked.contains("'announced'") => Answer::of(vec![b' '; 3 << 20].into()),
        () if asked.contains("'packed'") => Answer::of(zip.clone().into()).header("content-encoding", "gzip"),
        () => Answer::of(bytes(3 << 20)),
    })
    .await;
    let connector = tenant.with_keys(json!({"max_answer": 2}));
    for uid in ["announced", "packed", "in-pieces"] {
        let error = connector.get(&Context::new(), &GetRequest::new("User", uid)).await.unwrap_err();
        refused_once(&error, "larger than 2 MiB");
        assert_eq!(tenant.asked(uid).len(), 1, "{uid}");
    }
    let enough = tenant.with_keys(json!({"max_answer": 4}));
    let error = enough.get(&Context::new(), &GetRequest::new("User", "in-pieces")).await.unwrap_err();
    assert!(error.message().contains("not complete JSON"), "{error}");
}

#[tokio::test]
async fn of_an_error_no_more_is_read_than_it_can_have_to_say() {
    let said = r#"{"error":{"code":"x","message":{"value":"[COE0020]no"}}}"#;
    let tenant = Odd::people(move |asked| match asked.contains("'short'") {
        true => Answer::from(said).status(403),
        false => Answer::of(bytes(100 << 20)).status(500),
    })
    .await;
    let context = Context::new();
    let error = tenant.connector().get(&context, &GetRequest::new("User", "long")).await.unwrap_err();
    assert_eq!(error.target().unwrap().status, Some(500));
    assert!(context.meter().cost().bytes < 1 << 20, "{:?}", context.meter().cost());
    let error = tenant.connector().get(&context, &GetRequest::new("User", "short")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
}

#[tokio::test]
async fn an_answer_that_drips_ends_after_twice_the_patience_with_a_silent_tenant() {
    let tenant = Odd::people(|_| {
        let drops = stream::unfold(tokio::time::interval(Duration::from_millis(50)), |mut interval| async {
            interval.tick().await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(b" ")), interval))
        });
        Answer::of(Body::from_stream(drops))
    })
    .await;
    let connector = tenant.with_keys(json!({"read_timeout": 1, "max_attempts": 1}));
    let started = Instant::now();
    let error = search(&connector).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("did not end within 2 s"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn metadata_beyond_the_bound_are_refused() {
    let endless = "<Property Name=\"a\"/>".repeat(1_000_001);
    let tenant = Odd::with_metadata(metadata(&[], &endless), |_| page(&[]).into()).await;
    refused_once(&search(&tenant.connector()).await, "more than a million things");
}

#[tokio::test]
async fn pages_of_more_rows_or_fields_than_make_sense_are_refused_and_not_one_problem_for_each_of_them() {
    for (rows, says) in [
        ("1,".repeat(20_000), "4 times the memory"),
        (r#"{"userId":"a"},"#.repeat(20_000), "more than 10000 records"),
        (format!("{{{}}},", [r#""":1"#; 6_000].join(",")), "more than 5000 fields"),
    ] {
        let body = format!(r#"{{"d":{{"results":[{rows}1]}}}}"#);
        let tenant = Odd::people(move |_| body.as_str().into()).await;
        refused_once(&search(&tenant.connector()).await, says);
        let import = tenant.connector().import(&Context::new(), ImportRequest::new("User"));
        refused_once(&collect(import).await.unwrap_err(), says);
        assert_eq!(tenant.asked("/User?").len(), 2);
    }
}

/// A tenant whose pages all lead to another one under a new link, with these rows on the page of this number.
async fn endless(rows: impl Fn(usize) -> Vec<Json> + Clone + Send + Sync + 'static) -> Odd {
    Odd::people(move |asked| {
        let number = asked.split("skiptoken=").nth(1).map_or(0, |rest| {
            rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse::<usize>().unwrap()
        });
        let next = format!("/odata/v2/User?$skiptoken={}", number + 1);
        json!({"d": {"results": rows(number), "__next": next}}).to_string().into()
    })
    .await
}

fn people(uid: usize) -> Vec<Json> {
    vec![
        json!({"userId": format!("u{uid:05}"), "username": "u", "status": "t", "manager": {"userId": "boss"}}),
    ]
}

#[tokio::test]
async fn a_chain_of_links_that_repeats_no_link_and_brings_nothing_new_is_an_error_and_no_short_list() {
    for (what, tenant, most) in [
        ("empty", endless(|_| Vec::new()).await, 25),
        ("the same", endless(|_| people(1)).await, 10),
        ("in circles", endless(|number| people(number % 5)).await, 30),
    ] {
        for paging in ["snapshot", "link", "key"] {
            let connector = tenant.with_keys(json!({"paging": paging}));
            let error =
                collect(connector.import(&Context::new(), ImportRequest::new("User"))).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{what} {paging}: {error}");
        }
        let before = tenant.asked("").len();
        refused_once(&search(&tenant.connector()).await, "");
        assert!(tenant.asked("").len() - before < most, "{what}");
        let lookup = tenant.connector().lookup(&Context::new(), &LookupRequest::new("managers")).await;
        refused_once(&lookup.unwrap_err(), "");
        let request = GetRequest::new("User", "nobody").by("username");
        refused_once(&tenant.connector().get(&Context::new(), &request).await.unwrap_err(), "");
    }
}

#[tokio::test]
async fn an_unusual_link_is_followed_or_an_error() {
    let tenant = |key: &'static str| {
        Odd::people(move |asked| match asked.contains("skiptoken") {
            true => page(&people(2)).into(),
            false => {
                let rows = Json::from(people(1));
                format!(r#"{{"d":{{"results":{rows},"{key}":"/odata/v2/User?$skiptoken=x"}}}}"#).into()
            }
        })
    };
    for key in ["__next", "\\u005f_next", "_\\u005Fne\\u0078t"] {
        let found = tenant(key).await.connector().search(&Context::new(), SearchRequest::new("User"));
        assert_eq!(collect(found).await.unwrap().objects.len(), 2, "{key}");
    }
    for key in ["__Next", "@odata.nextLink", "odata.nextLink", "nextLink"] {
        refused_once(&search(&tenant(key).await.connector()).await, key);
    }
}
