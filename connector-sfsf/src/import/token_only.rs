//! A token for what changes from now on, without an import.

use std::time::Instant;

use connector_core::Result;
use connector_core::operation::{ImportMode, ImportPhase, ImportRequest, Item, StreamStatus, Summary};

use super::counts::Counts;
use super::plan::ImportPlan;
use super::token::{self, Position, TokenSubject};
use crate::class::call::Call;
use crate::class::profile::Shape;
use crate::odata::query::Query;

/// Asks what time it is at the tenant, with the answer that costs it least: one key. No object comes.
///
/// # Errors
///
/// Whatever the import with the token would be refused for: a tenant that cannot tell what has changed, a filter that has
/// no delta.
pub(super) async fn token_only(call: Call, request: ImportRequest) -> Result<Item> {
    let mut counts = Counts::default();
    counts.counts.mode = ImportMode::TokenOnly;
    let started = Instant::now();
    let model = call.model().await?;
    let position = Position { since: Some(call.session.now()), ..Position::default() };
    // What the import would be refused for is said before anything is asked.
    ImportPlan::new(&call, &model, Some(&[]), &request, &position)?;
    counts.spent(ImportPhase::Prepare, started);
    let started = Instant::now();
    let profile = call.profile();
    let select = if profile.shape == Shape::Metadata { profile.key.property } else { "" };
    let query = Query::set(profile.entity).json().option("$select", select).option("$top", "1");
    let page = call.session.read(&call.scope, &query).await.map_err(|error| call.explained(error))?;
    counts.spent(ImportPhase::Read, started);
    let position = Position { since: page.date.or(position.since), ..position };
    let subject = TokenSubject::of(&call, &request);
    Ok(Item::End(Summary {
        cost: call.scope.meter.cost(),
        sync_token: Some(token::write(&subject, &position)),
        import: Some(Box::new(counts.tell())),
        ..Summary::new(StreamStatus::Complete)
    }))
}
