//! Is an object really gone?

use connector_core::object::{AttributeName, Presence, Uid, special};
use connector_core::operation::{Gone, GoneCause};
use connector_core::{Filter, Result};

use crate::class::call::Call;
use crate::mapping::model::Model;
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
    if is_outside(&model, &found, filter.as_ref(), &population.states) {
        return Ok(Some(Gone::left_filter(class, uid).with_evidence(found.evidence)));
    }
    if found.object.is_some() {
        return Ok(None);
    }
    let found = call.class.refine(call, &uid, found).await?;
    let is_gone = found.presence == Presence::NotFound;
    Ok(is_gone.then(|| Gone::removed(class, uid, GoneCause::Unknown).with_evidence(found.evidence)))
}

/// Whether an object is there, and not one of those that were asked for. Of one that came without what the filter looks
/// at, nobody knows.
fn is_outside(model: &Model, found: &Found, filter: Option<&Filter>, states: &[&'static str]) -> bool {
    let Some(object) = &found.object else { return false };
    let is_known = |name: &&AttributeName| {
        let native = model.find(name).map(|mapped| &mapped.info.name);
        name.is(special::UID)
            || name.is(special::NAME)
            || native.is_ok_and(|name| found.known(name).is_some())
    };
    let fails = |filter: &Filter| {
        let is_undecided = found.state.is_undecided(model.profile.state, filter);
        !filter.matches(object) && !is_undecided && filter.attributes().iter().all(is_known)
    };
    !found.state.is_among(states) || filter.is_some_and(fails)
}
