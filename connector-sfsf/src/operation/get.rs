//! `get`: one object, whatever its state, by uid or by another attribute.

use connector_core::Result;
use connector_core::operation::{GetOutcome, GetRequest};

use crate::class::call::Call;
use crate::read::find;

/// Looks an object up. May be repeated.
///
/// # Errors
///
/// Those of reading; an attribute that the tenant cannot be asked by. That there is no such object is no error.
pub(crate) async fn get(call: &Call, request: &GetRequest) -> Result<GetOutcome> {
    find::get(call, request).await
}
