//! `save`: create an object or change it.

use connector_core::object::{Change, Uid, special};
use connector_core::operation::{SaveOutcome, SaveRequest};
use connector_core::{Error, Result};

use crate::class::call::Call;
use crate::class::profile::Profile;
use crate::write::writer::WritePlan;

/// Makes an object be as described. May be repeated: what is so already is not written again.
///
/// # Errors
///
/// Whatever the save is refused for; if something was written before, the effect says so.
pub(crate) async fn save(call: &Call, request: &SaveRequest, uid: &Uid) -> Result<SaveOutcome> {
    WritePlan::of_save(call, request, uid).await?.write().await
}

/// The uid of a request, or the key among its attributes.
///
/// # Errors
///
/// A request with neither; a key that names nothing.
pub(crate) fn uid_of(profile: &Profile, request: &SaveRequest) -> Result<Uid> {
    if let Some(uid) = &request.uid {
        return Ok(uid.clone());
    }
    let key = profile.key.property;
    let given = request.attributes.iter().find(|delta| delta.name.is(key) || delta.name.is(special::UID));
    match given.map(|delta| &delta.change) {
        Some(Change::Replace(values)) if values.len() == 1 => {
            let uid = Uid::new(values.first().map(ToString::to_string).unwrap_or_default());
            uid.check().map(|()| uid)
        }
        _ => Err(Error::invalid_attribute(key, format!("a {} needs a {key}", profile.words.one))),
    }
}
