//! `delete`: SuccessFactors does not delete people (`User` is not deletable, reference §5.1), so they are
//! made inactive, and the manifest says so. May be repeated.

use connector_core::Result;
use connector_core::operation::{ObjectId, SaveOutcome};

use super::suspend;
use crate::http::Scope;
use crate::session::Session;

/// Makes a person inactive.
pub(crate) async fn delete(session: &Session, scope: &Scope, id: &ObjectId) -> Result<SaveOutcome> {
    let mut outcome = suspend(session, scope, id).await?;
    outcome
        .notices
        .push("SuccessFactors deletes nobody; the person is inactive and keeps groups and roles".to_owned());
    Ok(outcome)
}
