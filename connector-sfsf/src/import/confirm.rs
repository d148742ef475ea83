//! Is somebody really gone?

use connector_core::Result;
use connector_core::object::{ObjectClass, Presence, Uid};
use connector_core::operation::{Gone, GoneReason};

use crate::http::Scope;
use crate::session::Session;
use crate::user::{USER, probe, refine};

/// Looks for somebody whom a complete run did not bring. The tenant cannot say who was purged: it looks as if they had
/// never been there (KBA 2628958). So the list is asked again, then the key, and only if neither knows them they are
/// gone; whoever may not be seen, or begins later, is not.
pub(super) async fn confirm(session: &Session, scope: &Scope, uid: Uid) -> Result<Option<Gone>> {
    let model = session.model(scope).await?;
    let person = probe(session, scope, &model, &uid, Some(&[])).await?;
    let person = refine(session, scope, &uid, person).await?;
    Ok((person.presence == Presence::NotFound).then(|| Gone {
        object_class: ObjectClass::from(USER),
        uid,
        reason: GoneReason::Removed,
        evidence: person.evidence,
    }))
}
