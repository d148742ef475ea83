//! Is an object really gone?

use connector_core::object::{Presence, Uid};
use connector_core::operation::{Gone, GoneCause};
use connector_core::{Filter, Result};

use crate::class::call::Call;
use crate::read::filter::translate;
use crate::read::find::find;
use crate::read::found::Found;

/// Looks for an object that a complete run did not bring. The tenant cannot say who was purged: it looks as if they had
/// never been there (KBA 2628958). So the list is asked again, then the key, and only if neither knows it, it is
/// gone; what may not be seen, or begins later, is not.
pub(super) async fn confirm(call: &Call, uid: Uid, filter: Option<&Filter>) -> Result<Option<Gone>> {
    let model = call.model().await?;
    let population = call.population();
    // The filter as records are compared with it.
    let filter = translate(filter, &model, &population)?.filter;
    let wanted: Vec<_> = filter.iter().flat_map(|filter| filter.attributes()).cloned().collect();
    let found = find(call, &uid, Some(&wanted), None).await?;
    let class = call.object_class();
    if is_outside(call, &found, filter.as_ref(), &population.states) {
        return Ok(Some(Gone::left_filter(class, uid).with_evidence(found.evidence)));
    }
    if found.object.is_some() {
        return Ok(None);
    }
    let found = call.class.refine(call, &uid, found).await?;
    let is_gone = found.presence == Presence::NotFound;
    Ok(is_gone.then(|| Gone::removed(class, uid, GoneCause::Unknown).with_evidence(found.evidence)))
}

/// Whether an object is there, and not one of those that were asked for.
fn is_outside(call: &Call, found: &Found, filter: Option<&Filter>, states: &[&'static str]) -> bool {
    let Some(object) = &found.object else { return false };
    let fails =
        |filter: &Filter| !filter.matches(object) && !found.state.is_undecided(call.profile().state, filter);
    !found.state.is_among(states) || filter.is_some_and(fails)
}
