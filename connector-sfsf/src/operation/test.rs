//! `test`: a fresh login and one record, step by step.

use connector_core::operation::{Check, CheckOutcome, TestReport};
use connector_core::{Error, ErrorKind, Result};

use crate::http::Scope;
use crate::odata::query::Query;
use crate::session::Session;
use crate::user::USER;

/// Tries the tenant, whatever is cached. May be repeated.
///
/// # Errors
///
/// The first step that fails; each cause has its own message and its own advice.
pub(crate) async fn test(session: &Session, scope: &Scope) -> Result<TestReport> {
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
    session.forget_model().await;
    let model = session.model(scope).await?;
    passed("metadata", format!("User has {} attributes on this tenant", model.attributes().len()));
    let query = Query::set(USER).json().option("$select", "userId,status").option("$top", "1");
    let page = session.read(scope, &query).await?;
    if page.rows.is_empty() {
        return Err(Error::new(ErrorKind::PermissionDenied, "the tenant shows the API user no person at all").with_advice(
            "grant Manage User > Employee Export, and look at the target population of the role (reference in docs/operations.md)",
        ));
    }
    passed("read", "one person was read".to_owned());
    Ok(TestReport { checks })
}
