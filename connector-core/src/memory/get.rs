//! `get`: one record by its uid, or by an attribute.

use super::Target;
use super::model::Class;
use super::search::check_filter;
use crate::error::Result;
use crate::filter::Filter;
use crate::object::{AttributeName, Evidence, Presence, Uid, special};
use crate::operation::{GetOutcome, GetRequest, Operation};

/// At most so many uids are named when a question is ambiguous.
const MAX_CANDIDATES: usize = 10;

pub(super) fn run(target: &Target, request: &GetRequest) -> Result<GetOutcome> {
    let class = target.model.class(&request.object_class, Operation::Get)?;
    class.manifest.admit_day("as_of", request.as_of)?;
    check_wanted(class, request.attributes_to_get.as_deref())?;
    match request.attribute() {
        None => Ok(by_uid(target, class, request, &request.uid)),
        Some(name) => by_attribute(target, class, request, name),
    }
}

fn by_uid(target: &Target, class: Class<'_>, request: &GetRequest, uid: &Uid) -> GetOutcome {
    let wanted = request.attributes_to_get.as_deref();
    let found = target.store.with_table(class, |table| {
        table.get(uid).map(|record| (record.presence(), record.object(class, uid, wanted)))
    });
    let (presence, object) =
        found.map_or((Presence::NotFound, None), |(presence, object)| (presence, Some(object)));
    let evidence = Evidence { query: format!("{} '{uid}'", class.name()), answer: presence.to_string() };
    GetOutcome { object, ..GetOutcome::without_object(presence, vec![evidence]) }
}

fn by_attribute(
    target: &Target,
    class: Class<'_>,
    request: &GetRequest,
    name: &AttributeName,
) -> Result<GetOutcome> {
    let filter = Filter::equal(name.clone(), request.uid.as_str());
    check_filter(class, Some(&filter))?;
    let mut found = target.store.with_table(class, |table| {
        table.uids(|uid, record| filter.matches_with(|name| record.values_of(class, uid, name)))
    });
    let query = format!("{} with {filter}", class.name());
    let answer = format!("{} objects", found.len());
    let evidence = Evidence { query, answer };
    let mut outcome = match found.as_slice() {
        [uid] => by_uid(target, class, request, uid),
        many => {
            let presence = if many.is_empty() { Presence::NotFound } else { Presence::Ambiguous };
            found.truncate(MAX_CANDIDATES);
            GetOutcome { candidates: found, ..GetOutcome::without_object(presence, Vec::new()) }
        }
    };
    outcome.evidence.insert(0, evidence);
    Ok(outcome)
}

/// Refuses attributes that do not exist. One that cannot be read may be asked for, in vain.
pub(super) fn check_wanted(class: Class<'_>, wanted: Option<&[AttributeName]>) -> Result<()> {
    let named = wanted.unwrap_or_default().iter().filter(|name| !name.is(special::UID));
    named.map(|name| class.attribute(name)).collect::<Result<Vec<_>>>().map(drop)
}
