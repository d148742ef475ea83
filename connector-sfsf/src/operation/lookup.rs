//! `lookup`: a list of values, as it was read some time ago at most.

use std::sync::Arc;
use std::time::Duration;

use connector_core::Result;
use connector_core::operation::{LookupRequest, ValueList};
use futures_util::{FutureExt as _, TryFutureExt as _};

use crate::class::lists;
use crate::http::Scope;
use crate::tenant::Session;

/// Gives a list, from the tenant or from memory if it is young enough. May be repeated.
///
/// # Errors
///
/// A name that is none; those of reading.
pub(crate) async fn lookup(session: &Session, scope: &Scope, request: &LookupRequest) -> Result<ValueList> {
    let max_age = request.max_age_ms.map_or(session.configuration.lookup_age, Duration::from_millis);
    let read = lists::read(session, scope, &request.name).map_ok(Arc::new).boxed();
    let (age, values) = session.lists.read(scope, &request.name, max_age, read).await?;
    let age_ms = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
    Ok(ValueList { name: request.name.clone(), age_ms, values: Arc::unwrap_or_clone(values) })
}
