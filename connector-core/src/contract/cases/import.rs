//! Imports since an earlier one, and imports that go on where another stopped.

use futures_util::StreamExt;

use super::cases;
use crate::context::Context;
use crate::contract::check::{CaseResult, ensure, failed, refused, same, skipped};
use crate::contract::suite::{Collected, Suite, collect};
use crate::error::ErrorKind;
use crate::filter::Filter;
use crate::object::{AttributeDelta, Uid, special};
use crate::operation::{Gone, GoneCause, GoneReason, ImportMode, ImportRequest, Item, Operation, SyncToken};

/// Logging in, finding out what the target has, and asking what time it is.
const MOST_FOR_A_TOKEN: u64 = 3;

cases!("import":
    a_complete_run_says_where_the_next_begins,
    since_then_what_was_changed_and_made_comes,
    a_token_for_now_brings_nobody_and_later_what_has_changed_since,
    whoever_became_inactive_comes_as_such,
    whoever_left_the_filter_is_gone,
    from_a_checkpoint_the_rest_comes,
    whoever_is_missing_is_looked_for,
    a_token_that_belongs_elsewhere_is_refused,
);

impl Suite<'_> {
    fn needs_delta(&self) -> CaseResult {
        self.needs(&[Operation::Import])?;
        if self.manifest.import.delta {
            Ok(())
        } else {
            skipped("the manifest lists no imports since a token")
        }
    }

    async fn run(&self, request: ImportRequest) -> CaseResult<Collected> {
        collect(self.connector.import(&Context::new(), request)).await?.ok()
    }

    fn import_request(&self) -> ImportRequest {
        ImportRequest::new(self.class.clone())
    }

    async fn token(&self, request: ImportRequest) -> CaseResult<SyncToken> {
        match self.run(request).await?.summary()?.sync_token.clone() {
            Some(token) => Ok(token),
            None => failed("the summary of a complete import has no sync token"),
        }
    }

    async fn rename(&self, uid: &Uid, text: &str) -> CaseResult {
        self.update(uid, vec![AttributeDelta::set(self.fixture.text_attribute(), text)]).await?;
        Ok(())
    }
}

async fn a_complete_run_says_where_the_next_begins(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    suite.token(suite.import_request()).await.map(drop)
}

async fn since_then_what_was_changed_and_made_comes(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    let changed = suite.create().await?.uid;
    let token = suite.token(suite.import_request()).await?;
    suite.rename(&changed, "Changed").await?;
    let made = suite.create().await?.uid;
    let delta = suite.run(suite.import_request().since(token)).await?;
    let values = delta.objects.iter().find(|object| object.uid == changed);
    let values = values.map(|object| object.values(suite.fixture.text_attribute().as_str()).to_vec());
    same("the changed object", values, Some(vec!["Changed".into()]))?;
    ensure(delta.objects.iter().any(|object| object.uid == made), || "the new object did not come".into())
}

async fn a_token_for_now_brings_nobody_and_later_what_has_changed_since(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    let changed = suite.create().await?.uid;
    let sent = suite.fixture.requests_sent();
    let now = suite.run(suite.import_request().token_only()).await?;
    let sent = suite.fixture.requests_sent() - sent;
    same("the objects that come with a token alone", now.objects.len() + now.gone.len(), 0)?;
    ensure(sent <= MOST_FOR_A_TOKEN, || format!("a token alone took {sent} requests"))?;
    let Some(token) = now.summary()?.sync_token.clone() else {
        return failed("the summary of an import of the token alone has no sync token");
    };
    suite.rename(&changed, "Changed").await?;
    let made = suite.create().await?.uid;
    let delta = suite.run(suite.import_request().since(token)).await?;
    let uids = delta.uids()?;
    ensure(uids.contains(&changed), || "the changed object did not come".into())?;
    ensure(uids.contains(&made), || "the new object did not come".into())?;
    let mode = delta.summary()?.import.as_ref().map(|figures| figures.mode);
    same("the mode of the import with the token", mode, Some(ImportMode::Delta))
}

async fn whoever_became_inactive_comes_as_such(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    suite.needs_status()?;
    let uid = suite.create().await?.uid;
    let token = suite.token(suite.import_request()).await?;
    suite.suspend(&uid).await?;
    let delta = suite.run(suite.import_request().since(token)).await?;
    let object = delta.objects.iter().find(|object| object.uid == uid);
    same("__ENABLE__", object.map(|object| object.values(special::ENABLE).to_vec()), Some(vec![false.into()]))
}

async fn whoever_left_the_filter_is_gone(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    let uid = suite.create().await?.uid;
    suite.rename(&uid, "Inside").await?;
    let filter = Filter::equal(suite.fixture.text_attribute(), "Inside");
    let request = ImportRequest { filter: Some(filter), ..suite.import_request() };
    let token = suite.token(request.clone()).await?;
    suite.rename(&uid, "Outside").await?;
    let delta = suite.run(request.since(token)).await?;
    ensure(delta.objects.iter().all(|object| object.uid != uid), || "it came although it left".into())?;
    let gone: Vec<&Gone> = delta.gone.iter().filter(|gone| gone.uid == uid).collect();
    let told = gone.iter().map(|gone| (gone.reason, gone.cause)).collect();
    same("what became of it", told, vec![(GoneReason::LeftFilter, GoneCause::LeftPopulation)])
}

async fn from_a_checkpoint_the_rest_comes(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    let everything = suite.run(suite.import_request()).await?.uids()?;
    let mut stream = suite.import_stream();
    let (mut before, mut checkpoint) = (Vec::new(), None);
    while let (None, Some(item)) = (&checkpoint, stream.next().await) {
        match item? {
            Item::Object(object) => before.push(object.uid),
            Item::Checkpoint(token) => checkpoint = Some(token),
            _ => {}
        }
    }
    drop(stream);
    let Some(token) = checkpoint else { return failed("there is no checkpoint") };
    let rest = suite.run(suite.import_request().since(token)).await?;
    let resumed = rest.summary()?.import.as_ref().is_some_and(|figures| figures.resumed);
    ensure(resumed, || "the summary does not say that the run went on from a checkpoint".into())?;
    ensure(rest.summary()?.sync_token.is_some(), || "the summary has no sync token".into())?;
    let (seen, again) = (before.len(), rest.objects.len());
    let both: std::collections::BTreeSet<_> = before.into_iter().chain(rest.uids()?).collect();
    same("the objects of both runs", both, everything.clone())?;
    ensure(seen + again <= everything.len() + 1, || {
        format!("{} objects came twice", seen + again - everything.len())
    })
}

async fn whoever_is_missing_is_looked_for(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    if !suite.manifest.import.missing {
        return skipped("the manifest says that nobody who is missing is looked for");
    }
    let (there, nowhere) = (suite.create().await?.uid, suite.fixture.unknown_uid());
    let token = suite.token(suite.import_request()).await?;
    for sync_token in [None, Some(token)] {
        let missing = vec![there.clone(), nowhere.clone()];
        let run = suite.run(ImportRequest { missing, sync_token, ..suite.import_request() }).await?;
        let removed = run.gone.iter().filter(|gone| gone.reason == GoneReason::Removed);
        let removed: Vec<_> = removed.map(|gone| gone.uid.clone()).collect();
        ensure(removed.contains(&nowhere), || "nobody said that an unknown uid is gone".into())?;
        ensure(!removed.contains(&there), || "an object that is there is said to be gone".into())?;
    }
    Ok(())
}

async fn a_token_that_belongs_elsewhere_is_refused(suite: &Suite<'_>) -> CaseResult {
    suite.needs_delta()?;
    let kinds = [ErrorKind::InvalidRequest];
    let import = async |request: ImportRequest| {
        collect(suite.connector.import(&Context::new(), request)).await.map(|collected| collected.end)
    };
    let nonsense = import(suite.import_request().since(SyncToken::new("nonsense"))).await?;
    refused("a token that is none", nonsense, &kinds)?;
    let token = suite.token(suite.import_request()).await?;
    let filter = Some(Filter::equal(suite.fixture.text_attribute(), "x"));
    let filtered = import(ImportRequest { filter, ..suite.import_request() }.since(token)).await?;
    refused("a token of another filter", filtered, &kinds).map(drop)
}
