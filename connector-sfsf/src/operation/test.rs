//! `test`: a fresh login and one record, step by step.

use std::sync::Arc;

use connector_core::operation::{Check, CheckOutcome, TestReport};
use connector_core::{Error, ErrorKind, Result};

use crate::class::call::Call;
use crate::class::registry;
use crate::http::Scope;
use crate::odata::query::Query;
use crate::tenant::Session;

/// Tries the tenant, whatever is cached. May be repeated.
///
/// # Errors
///
/// The first step that fails; each cause has its own message and its own advice.
pub(crate) async fn test(session: &Arc<Session>, scope: &Scope) -> Result<TestReport> {
    let mut checks = Vec::new();
    let mut passed = |name: &str, detail: String| {
        checks.push(Check { name: name.to_owned(), outcome: CheckOutcome::Ok, detail });
    };
    let host = session.configuration.url.host_str().unwrap_or_default().to_owned();
    let token = session.log_in(scope).await?;
    let detail = match token.expires_at {
        Some(end) => format!("{host} issued a token that is good until {}", end.format("%F %T UTC")),
        None => "the access token was supplied by the configuration".to_owned(),
    };
    passed("token", detail);
    session.forget();
    let call = Call { class: registry::first(), session: Arc::clone(session), scope: scope.clone() };
    let (model, profile) = (call.model().await?, call.profile());
    let count = model.attributes().len();
    passed("metadata", format!("{} has {count} attributes on this tenant", profile.name));
    let fields = [profile.key.property].into_iter().chain(profile.state.map(|rule| rule.property));
    let select = fields.collect::<Vec<_>>().join(",");
    let query = Query::set(profile.entity).json().option("$select", select).option("$top", "1");
    let one = profile.words.one;
    if session.read(scope, &query).await?.rows.is_empty() {
        let message = format!("the tenant shows the API user no {one} at all");
        return Err(Error::new(ErrorKind::PermissionDenied, message).with_advice(profile.nothing_shown));
    }
    passed("read", format!("one {one} was read"));
    Ok(TestReport { checks })
}
