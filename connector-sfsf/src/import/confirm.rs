//! Is somebody really gone?

use connector_core::object::{ObjectClass, Presence, Uid};
use connector_core::operation::{Gone, GoneCause};
use connector_core::{Filter, Result};

use crate::http::Scope;
use crate::session::Session;
use crate::user::filter::{is_undecided, translate};
use crate::user::{Person, USER, probe, refine};

/// Looks for somebody whom a complete run did not bring. The tenant cannot say who was purged: it looks as if they had
/// never been there (KBA 2628958). So the list is asked again, then the key, and only if neither knows them they are
/// gone; whoever may not be seen, or begins later, is not.
pub(super) async fn confirm(
    session: &Session,
    scope: &Scope,
    uid: Uid,
    filter: Option<&Filter>,
) -> Result<Option<Gone>> {
    let model = session.model(scope).await?;
    let statuses = &session.configuration.statuses;
    // The filter as records are compared with it.
    let filter = translate(filter, &model, statuses)?.filter;
    let wanted: Vec<_> = filter.iter().flat_map(|filter| filter.attributes()).cloned().collect();
    let person = probe(session, scope, &model, &uid, Some(&wanted)).await?;
    let class = ObjectClass::from(USER);
    if is_outside(&person, filter.as_ref(), statuses) {
        return Ok(Some(Gone::left_filter(class, uid).with_evidence(person.evidence)));
    }
    if person.object.is_some() {
        return Ok(None);
    }
    let person = refine(session, scope, &uid, person).await?;
    let is_nobody = person.presence == Presence::NotFound;
    Ok(is_nobody.then(|| Gone::removed(class, uid, GoneCause::Unknown).with_evidence(person.evidence)))
}

/// Whether somebody is there, and not one of those who were asked for.
fn is_outside(person: &Person, filter: Option<&Filter>, statuses: &[char]) -> bool {
    let Some(object) = &person.object else { return false };
    let in_scope = person.letter.is_none_or(|letter| statuses.contains(&letter));
    let fails = |filter: &Filter| !filter.matches(object) && !is_undecided(filter, person.letter);
    !in_scope || filter.is_some_and(fails)
}
