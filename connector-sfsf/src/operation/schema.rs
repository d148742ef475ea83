//! `schema`: the attributes of every class on this tenant.

use std::sync::Arc;

use connector_core::object::Schema;
use connector_core::{ErrorKind, Result};

use crate::class::call::Call;
use crate::class::registry::CLASSES;
use crate::http::Scope;
use crate::tenant::Session;

/// Reads the schema, at most once an hour. May be repeated. A class that the tenant does not have, or does not show, is
/// not in it.
///
/// # Errors
///
/// Those of reading metadata of what every tenant has.
pub(crate) async fn schema(session: &Arc<Session>, scope: &Scope) -> Result<Arc<Schema>> {
    let mut object_classes = Vec::with_capacity(CLASSES.len());
    for class in CLASSES {
        let call = Call { class, session: Arc::clone(session), scope: scope.clone() };
        match call.model().await {
            Ok(model) => object_classes.push(model.info()),
            Err(error) if !call.profile().is_everywhere && is_refusal(error.kind()) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Arc::new(Schema { object_classes }))
}

/// Metadata are asked for by nothing but a name: what is invalid about that is that the tenant does not show it, for which
/// it has COE0018 too (docs/successfactors.md#odata-errors).
fn is_refusal(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::InvalidRequest)
}
