//! `suspend` and `resume`: the state, and nothing else.

use connector_core::Result;
use connector_core::object::{AttributeDelta, Uid, special};
use connector_core::operation::SaveOutcome;

use crate::class::call::Call;
use crate::write::writer::WritePlan;

/// Makes an object inactive. May be repeated: nothing is written if it is so already.
///
/// # Errors
///
/// An object that is not there, or whose state nobody knows; the tenant's.
pub(crate) async fn suspend(call: &Call, uid: &Uid) -> Result<SaveOutcome> {
    switch(call, uid, false).await
}

/// Makes an object active. May be repeated: nothing is written if it is so already.
///
/// # Errors
///
/// As [`suspend`].
pub(crate) async fn resume(call: &Call, uid: &Uid) -> Result<SaveOutcome> {
    switch(call, uid, true).await
}

async fn switch(call: &Call, uid: &Uid, active: bool) -> Result<SaveOutcome> {
    WritePlan::of_change(call, AttributeDelta::set(special::ENABLE, active), uid).await?.write().await
}
