//! Streams ask for no more than the caller takes.

use std::task::Poll;

use futures_util::{StreamExt, future};

use super::cases;
use crate::contract::check::{CaseResult, ensure, failed};
use crate::contract::suite::{Suite, collect};
use crate::operation::{Item, ItemStream, Operation};

cases!("stream":
    nothing_is_sent_before_the_first_item_is_asked_for,
    a_search_that_is_dropped_asks_for_nothing_more,
    an_import_that_is_dropped_asks_for_nothing_more,
    an_error_is_the_end,
);

async fn nothing_is_sent_before_the_first_item_is_asked_for(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Search, Operation::Import])?;
    let before = suite.fixture.requests_sent();
    let streams = (suite.search_stream(suite.search_request(None)), suite.import_stream());
    let sent = suite.fixture.requests_sent() - before;
    drop(streams);
    ensure(sent == 0, || format!("{sent} requests were sent"))
}

async fn a_search_that_is_dropped_asks_for_nothing_more(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Search])?;
    stops_early(suite, || suite.search_stream(suite.search_request(None))).await
}

async fn an_import_that_is_dropped_asks_for_nothing_more(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Import])?;
    stops_early(suite, || suite.import_stream()).await
}

async fn stops_early(suite: &Suite<'_>, stream: impl Fn() -> ItemStream) -> CaseResult {
    let sent = || suite.fixture.requests_sent();
    let before = sent();
    collect(stream()).await?.ok()?;
    let in_all = sent() - before;
    if in_all < 3 {
        return failed(format!(
            "the target has too few objects: reading all of them takes {in_all} requests"
        ));
    }
    let look_up = async || suite.get(&suite.fixture.unknown_uid(), None).await;
    let before = sent();
    look_up().await?;
    let for_a_look_up = sent() - before;

    let before = sent();
    let mut stream = stream();
    first_object(&mut stream).await?;
    drop(stream);
    let for_the_first = sent() - before;
    ensure(for_the_first < in_all, || {
        format!("the first object took {for_the_first} requests, and all of them {in_all}")
    })?;

    // What goes on behind our back goes on while something else is waited for.
    let before = sent();
    let_others_run().await;
    look_up().await?;
    let later = sent() - before;
    ensure(later <= for_a_look_up, || format!("{} requests were sent after the drop", later - for_a_look_up))
}

/// Gives the runtime, whichever it is, the chance to go on with other tasks.
async fn let_others_run() {
    for _ in 0..100 {
        let mut waited = false;
        future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

async fn first_object(stream: &mut ItemStream) -> CaseResult {
    while let Some(item) = stream.next().await {
        if let Item::Object(_) = item? {
            return Ok(());
        }
    }
    failed("no object came")
}

async fn an_error_is_the_end(suite: &Suite<'_>) -> CaseResult {
    suite.needs(&[Operation::Search])?;
    let filter = crate::Filter::Present("noSuchAttribute".into());
    let collected = collect(suite.search_stream(suite.search_request(Some(filter)))).await?;
    ensure(collected.objects.is_empty() && collected.end.is_err(), || "the search did not fail".into())
}
