//! The dispatcher: every request gets its events and exactly one end, whatever the connector does.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use async_trait::async_trait;
use connector_core::manifest::Manifest;
use connector_core::memory::MemoryConnector;
use connector_core::object::Schema;
use connector_core::operation::{
    ExplainRequest, GetOutcome, GetRequest, ImportRequest, Item, ItemStream, LookupRequest, ObjectId,
    ResetPasswordRequest, SaveOutcome, SaveRequest, SearchRequest, Subject, TestReport,
};
use connector_core::protocol::{Call, Event, Request};
use connector_core::{Connector, Context, Dispatcher, Effect, Error, ErrorKind, Result};
use futures_util::{StreamExt, stream};
use tokio_util::sync::CancellationToken;

async fn events(connector: impl Connector + 'static, request: Request) -> Vec<Event> {
    Dispatcher::new(Arc::new(connector)).dispatch(request, CancellationToken::new()).collect().await
}

async fn from_json(json: &str) -> Vec<Event> {
    events(MemoryConnector::with_people(3), Request::from_json(json.as_bytes()).unwrap()).await
}

/// The kind of the error that the events end with; there must be one end, and it must be the last.
#[track_caller]
fn failure(events: &[Event]) -> Error {
    assert_eq!(events.iter().filter(|event| event.is_final()).count(), 1, "{events:?}");
    match events.last() {
        Some(Event::Error { error, .. }) => error.clone(),
        other => panic!("no error at the end: {other:?}"),
    }
}

#[tokio::test]
async fn a_search_brings_numbered_items_and_one_result() {
    let json = r#"{"id":7,"method":"search","params":{"object_class":"Person","attributes_to_get":[]}}"#;
    let events = from_json(json).await;
    let numbers: Vec<_> = events
        .iter()
        .filter_map(|event| if let Event::Item { sequence, .. } = event { Some(*sequence) } else { None })
        .collect();
    assert_eq!(numbers, [0, 1, 2]);
    assert!(events.last().unwrap().is_final());
    let line = serde_json::to_value(&events[0]).unwrap();
    assert_eq!((&line["method"], &line["params"]["id"]), (&"item".into(), &7.into()));
    let line = serde_json::to_value(events.last().unwrap()).unwrap();
    assert_eq!((&line["id"], &line["result"]["status"]), (&7.into(), &"complete".into()));
}

#[tokio::test]
async fn what_the_manifest_does_not_offer_is_refused_before_the_connector_is_asked() {
    let unknown = from_json(r#"{"id":1,"method":"get","params":{"object_class":"Car","uid":"x"}}"#).await;
    assert_eq!(failure(&unknown).kind(), ErrorKind::InvalidRequest);
    let unsupported =
        from_json(r#"{"id":1,"method":"suspend","params":{"object_class":"Team","uid":"x"}}"#).await;
    assert_eq!(failure(&unsupported).kind(), ErrorKind::Unsupported);
}

#[tokio::test]
async fn a_token_alone_goes_with_nothing_that_would_be_ignored() {
    for other in [r#""sync_token":"x""#, r#""missing":["x"]"#] {
        let json = format!(
            r#"{{"id":1,"method":"import","params":{{"object_class":"Person","token_only":true,{other}}}}}"#
        );
        let error = failure(&from_json(&json).await);
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("token_only brings nobody"), "{error}");
    }
}

#[tokio::test]
async fn an_error_names_operation_and_correlation_id() {
    let json = r#"{"id":1,"method":"delete","params":{"object_class":"Person","uid":"x","meta":{"correlation_id":"c-1"}}}"#;
    let error = failure(&from_json(json).await);
    assert!(
        error.to_string().starts_with("delete Person 'x': ")
            && error.to_string().ends_with("[correlation c-1]")
    );
}

#[tokio::test]
async fn a_passed_deadline_is_a_timeout_before_anything_is_sent() {
    let json = r#"{"id":1,"method":"test","params":{"meta":{"deadline_ms":0}}}"#;
    assert_eq!(failure(&from_json(json).await).kind(), ErrorKind::Timeout);
}

/// A connector with faults of its own.
enum Faulty {
    Panics,
    EndsWithoutSummary,
    GoesOnAfterItsError,
    Hangs,
}

#[async_trait]
impl Connector for Faulty {
    fn manifest(&self) -> &Manifest {
        static MANIFEST: std::sync::OnceLock<Manifest> = std::sync::OnceLock::new();
        MANIFEST.get_or_init(|| MemoryConnector::new().manifest().clone())
    }

    async fn test(&self, _: &Context) -> Result<TestReport> {
        panic!("on purpose")
    }

    async fn schema(&self, _: &Context) -> Result<Arc<Schema>> {
        std::future::pending().await
    }

    async fn get(&self, _: &Context, _: &GetRequest) -> Result<GetOutcome> {
        std::future::pending().await
    }

    fn search(&self, _: &Context, _: SearchRequest) -> ItemStream {
        match self {
            Self::Panics => stream::once(async { panic!("on purpose") }).boxed(),
            Self::EndsWithoutSummary => stream::empty().boxed(),
            _ => {
                stream::iter([Err(Error::internal("first")), Ok(Item::Progress(Default::default()))]).boxed()
            }
        }
    }

    fn import(&self, context: &Context, _: ImportRequest) -> ItemStream {
        self.search(context, SearchRequest::new("Person"))
    }

    async fn save(&self, _: &Context, _: &SaveRequest) -> Result<SaveOutcome> {
        panic!("on purpose")
    }

    async fn delete(&self, _: &Context, _: &ObjectId) -> Result<SaveOutcome> {
        std::future::pending().await
    }

    async fn suspend(&self, _: &Context, _: &ObjectId) -> Result<SaveOutcome> {
        std::future::pending().await
    }

    async fn resume(&self, _: &Context, _: &ObjectId) -> Result<SaveOutcome> {
        std::future::pending().await
    }

    async fn reset_password(&self, _: &Context, _: &ResetPasswordRequest) -> Result<SaveOutcome> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_process_lives() {
    let error = failure(&events(Faulty::Panics, Request::new(1, Call::Test(Default::default()))).await);
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Internal, Effect::NotApplied));
    let save = Call::Save(SaveRequest::new("Person", "x", vec![]));
    let error = failure(&events(Faulty::Panics, Request::new(1, save)).await);
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Internal, Effect::Unknown));
    let search = Call::Search(SearchRequest::new("Person"));
    assert_eq!(failure(&events(Faulty::Panics, Request::new(1, search)).await).kind(), ErrorKind::Internal);
}

#[tokio::test]
async fn a_stream_without_an_end_is_an_error_and_nothing_follows_an_end() {
    for faulty in [Faulty::EndsWithoutSummary, Faulty::GoesOnAfterItsError] {
        let search = Call::Search(SearchRequest::new("Person"));
        assert_eq!(failure(&events(faulty, Request::new(1, search)).await).kind(), ErrorKind::Internal);
    }
}

#[tokio::test]
async fn a_cancelled_call_ends_even_if_the_connector_does_not_notice() {
    let calls = [
        (Call::Get(GetRequest::new("Person", "x")), Effect::NotApplied),
        (Call::Delete(ObjectId::new("Person", "x")), Effect::Unknown),
    ];
    for (call, effect) in calls {
        let token = CancellationToken::new();
        let dispatcher = Dispatcher::new(Arc::new(Faulty::Hangs));
        let events = dispatcher.dispatch(Request::new(1, call), token.clone()).collect::<Vec<_>>();
        let (events, ()) = futures_util::join!(events, async { token.cancel() });
        let error = failure(&events);
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Cancelled, effect));
    }
}

#[tokio::test]
async fn lists_and_explanations_come_as_one_result() {
    let list = from_json(r#"{"id":1,"method":"lookup","params":{"name":"teams"}}"#).await;
    let line = serde_json::to_value(list.last().unwrap()).unwrap();
    assert_eq!((&line["result"]["name"], &line["result"]["age_ms"]), (&"teams".into(), &0.into()));
    assert!(line["result"]["values"].is_array());
    let person = r#"{"id":2,"method":"explain","params":{"object_class":"Person","uid":"P000001"}}"#;
    let line = serde_json::to_value(from_json(person).await.last().unwrap()).unwrap();
    assert_eq!((&line["result"]["presence"], &line["result"]["enabled"]), (&"active".into(), &true.into()));
    let filter =
        r#"{"id":3,"method":"explain","params":{"object_class":"Person","filter":{"equal":["login","x"]}}}"#;
    let line = serde_json::to_value(from_json(filter).await.last().unwrap()).unwrap();
    assert!(line["result"]["here"].is_array(), "{line}");
}

#[tokio::test]
async fn a_save_is_explained_without_being_made() {
    let save = r#"{"id":4,"method":"explain","params":{"object_class":"Person","save":{"uid":"P000001",
        "attributes":{"title":["Pilot"],"__PASSWORD__":{"$secret":"Pa55word!"}},"expected":{"remote":[false]}}}}"#;
    let line = serde_json::to_value(from_json(save).await.last().unwrap()).unwrap();
    let record = &line["result"]["records"][0];
    assert_eq!(
        (&record["method"], &record["path"], &record["key"]["uid"], &record["redacted"]),
        (&"PATCH".into(), &"/Person/P000001".into(), &"P000001".into(), &serde_json::json!(["__PASSWORD__"])),
        "{line}"
    );
    let body = r#"{"title":["Pilot"],"__PASSWORD__":[{"$secret":"[redacted]"}]}"#;
    assert_eq!(record["body"], body);
}

/// The manifest says that people in memory have no days, so the connector is not even asked.
#[tokio::test]
async fn a_day_that_means_nothing_is_refused_before_the_connector_is_asked() {
    for (method, params) in [
        ("get", r#""uid":"panic","as_of":"2026-11-29""#),
        ("search", r#""as_of":"2026-11-29""#),
        ("import", r#""as_of":"2026-11-29""#),
        ("save", r#""uid":"x","attributes":{},"effective_date":"2026-11-29""#),
        ("explain", r#""save":{"uid":"x","attributes":{},"effective_date":"2026-11-29"}"#),
    ] {
        let text = format!(r#"{{"id":1,"method":"{method}","params":{{"object_class":"Person",{params}}}}}"#);
        let error = failure(&events(Faulty::Panics, Request::from_json(text.as_bytes()).unwrap()).await);
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        assert_eq!(error.context().attributes.len(), 1, "{error}");
    }
}

/// A connector that has neither need not say anything about them.
#[tokio::test]
async fn what_a_connector_leaves_out_is_unsupported() {
    let context = Context::new();
    let faulty = Faulty::Panics;
    let lookup = faulty.lookup(&context, &LookupRequest::new("teams")).await.unwrap_err();
    let request = ExplainRequest { object_class: "Person".into(), subject: Subject::Uid("x".into()) };
    let explain = faulty.explain(&context, &request).await.unwrap_err();
    assert_eq!((lookup.kind(), explain.kind()), (ErrorKind::Unsupported, ErrorKind::Unsupported));
}
