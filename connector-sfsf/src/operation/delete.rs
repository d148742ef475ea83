//! `delete`: SuccessFactors does not delete people (they are not deletable, docs/successfactors.md#verbs), so they are
//! made inactive, and the manifest says so. May be repeated.

use connector_core::Result;
use connector_core::object::Uid;
use connector_core::operation::SaveOutcome;

use super::suspend;
use crate::class::call::Call;

/// Makes an object inactive.
///
/// # Errors
///
/// As [`suspend`].
pub(crate) async fn delete(call: &Call, uid: &Uid) -> Result<SaveOutcome> {
    let mut outcome = suspend(call, uid).await?;
    outcome
        .notices
        .push("SuccessFactors deletes nobody; the person is inactive and keeps groups and roles".to_owned());
    Ok(outcome)
}
