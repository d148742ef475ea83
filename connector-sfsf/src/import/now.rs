//! A token for what changes from now on, without an import.

use std::sync::Arc;
use std::time::Instant;

use connector_core::Result;
use connector_core::operation::{ImportMode, ImportPhase, ImportRequest, Item, StreamStatus, Summary};

use super::design::Design;
use super::figures::Figures;
use super::token::{self, Position, Subject};
use crate::http::Scope;
use crate::odata::query::Query;
use crate::session::Session;
use crate::user::USER;

/// Asks what time it is at the tenant, with the answer that costs it least: one user id. Nobody comes.
///
/// # Errors
///
/// Whatever the import with the token would be refused for: a tenant that cannot tell who has changed, a filter that has
/// no delta.
pub(super) async fn token_only(session: Arc<Session>, scope: Scope, request: ImportRequest) -> Result<Item> {
    let mut figures = Figures::default();
    figures.counts.mode = ImportMode::TokenOnly;
    let started = Instant::now();
    let model = session.model(&scope).await?;
    let position = Position { since: Some(session.now()), ..Position::default() };
    // What the import would be refused for is said before anything is asked.
    Design::new(&model, &session.configuration, Some(&[]), request.filter.as_ref(), &position)?;
    figures.spent(ImportPhase::Prepare, started);
    let started = Instant::now();
    let query = Query::set(USER).json().option("$select", "userId").option("$top", "1");
    let date = session.read(&scope, &query).await?.date;
    figures.spent(ImportPhase::Read, started);
    let position = Position { since: date.or(position.since), ..position };
    let subject = Subject::of(&session.configuration, &request);
    Ok(Item::End(Summary {
        cost: scope.meter.cost(),
        sync_token: Some(token::write(&subject, &position)),
        import: Some(Box::new(figures.tell())),
        ..Summary::new(StreamStatus::Complete)
    }))
}
