//! `lookup`: a list of values, as it was read some time ago at most.

use std::sync::Arc;
use std::time::Duration;

use connector_core::Result;
use connector_core::operation::{LookupRequest, ValueList};

use crate::http::Scope;
use crate::lists;
use crate::session::Session;

/// Gives a list, from the tenant or from memory if it is young enough. May be repeated.
pub(crate) async fn lookup(session: &Session, scope: &Scope, request: &LookupRequest) -> Result<ValueList> {
    let max_age = request.max_age_ms.map_or(session.configuration.lookup_age, Duration::from_millis);
    let (age, values) = match session.lists.get(&request.name, max_age).await {
        Some(kept) => kept,
        None => {
            let values = Arc::new(lists::read(session, scope, &request.name).await?);
            session.lists.put(&request.name, Arc::clone(&values)).await;
            (Duration::ZERO, values)
        }
    };
    let age_ms = u64::try_from(age.as_millis()).unwrap_or(u64::MAX);
    Ok(ValueList { name: request.name.clone(), age_ms, values: Arc::unwrap_or_clone(values) })
}
