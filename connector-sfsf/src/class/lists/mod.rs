//! Lists of values: foundation objects, picklists, and the people who lead others.

mod foundation;
mod picklist;
pub(super) mod value;

use connector_core::manifest::LookupManifest;
use connector_core::operation::ListValue;
use connector_core::{Error, ErrorKind, Result};

use super::user::leaders::{self, LEADERS};
use crate::http::Scope;
use crate::tenant::Session;
use foundation::FOUNDATION;

/// How names of picklists begin: `picklist:ecEmailType`.
const PICKLIST: &str = "picklist:";

/// The lists that there are, for the manifest.
pub(crate) fn lookups() -> Vec<LookupManifest> {
    let named = |name: &str, help: String| LookupManifest { name: name.to_owned(), help };
    let foundation =
        FOUNDATION.iter().map(|list| named(list.name, format!("{}, of {}.", list.what, list.entity)));
    let leaders = LEADERS.iter().map(|list| named(list.name, format!("{}, by user id.", list.what)));
    let picklists = [
        named("picklists", "The picklists of the tenant, by name.".to_owned()),
        named(PICKLIST, "A picklist of the tenant, for example picklist:ecEmailType.".to_owned()),
    ];
    foundation.chain(leaders).chain(picklists).collect()
}

/// Reads a list from the tenant.
///
/// # Errors
///
/// A name that is none; a tenant without the entity behind it; a missing permission.
pub(crate) async fn read(session: &Session, scope: &Scope, name: &str) -> Result<Vec<ListValue>> {
    if let Some(list) = FOUNDATION.iter().find(|list| list.name == name) {
        return foundation::read(session, scope, list).await.map_err(explained);
    }
    if let Some(list) = LEADERS.iter().find(|list| list.name == name) {
        return leaders::read(session, scope, list).await;
    }
    match name.strip_prefix(PICKLIST).filter(|picklist| !picklist.is_empty()) {
        Some(picklist) => picklist::read(session, scope, picklist).await.map_err(explained),
        None if name == "picklists" => picklist::names(session, scope).await.map_err(explained),
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Error {
    let known: Vec<_> = lookups().into_iter().map(|list| list.name).collect();
    Error::invalid_request(format!("there is no list '{name}'; there is {}", known.join(", ")))
}

fn explained(error: Error) -> Error {
    match error.kind() {
        ErrorKind::PermissionDenied => error.with_advice(
            "grant the API user Employee Central API > Foundation OData API (read-only), and Admin access to MDF OData API",
        ),
        _ => error,
    }
}
