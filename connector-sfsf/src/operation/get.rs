//! `get`: one object, whatever its state, by uid or by another attribute.

use connector_core::Result;
use connector_core::operation::{GetOutcome, GetRequest};

use crate::class::call::Call;
use crate::read::find::find;
use crate::read::find_by::find_by;

/// Looks an object up. May be repeated.
///
/// # Errors
///
/// Those of reading; an attribute that the tenant cannot be asked by. That there is no such object is no error.
pub(crate) async fn get(call: &Call, request: &GetRequest) -> Result<GetOutcome> {
    let (wanted, as_of) = (request.attributes_to_get.as_deref(), request.as_of);
    if let Some(name) = request.attribute() {
        return find_by(call, (name, &request.uid), wanted, as_of).await;
    }
    let found = find(call, &request.uid, wanted, as_of).await?;
    Ok(call.class.refine(call, &request.uid, found).await?.into_outcome())
}
