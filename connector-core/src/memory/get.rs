//! `get`: one record by its uid.

use super::Target;
use super::model::Class;
use crate::error::Result;
use crate::object::{AttributeName, Evidence, Presence, special};
use crate::operation::{GetRequest, Lookup, Operation};

pub(super) fn run(target: &Target, request: &GetRequest) -> Result<Lookup> {
    let class = target.model.class(&request.object_class, Operation::Get)?;
    let wanted = request.attributes_to_get.as_deref();
    check_wanted(class, wanted)?;
    let found = target.store.with_table(class, |table| {
        table.get(&request.uid).map(|record| (record.presence(), record.object(class, &request.uid, wanted)))
    });
    let (presence, object) =
        found.map_or((Presence::NotFound, None), |(presence, object)| (presence, Some(object)));
    let evidence =
        Evidence { query: format!("{} '{}'", class.name(), request.uid), answer: presence.to_string() };
    Ok(Lookup { presence, object, evidence: vec![evidence] })
}

/// Refuses attributes that do not exist. One that cannot be read may be asked for, in vain.
pub(super) fn check_wanted(class: Class<'_>, wanted: Option<&[AttributeName]>) -> Result<()> {
    let named = wanted.unwrap_or_default().iter().filter(|name| !name.is(special::UID));
    named.map(|name| class.attribute(name)).collect::<Result<Vec<_>>>().map(drop)
}
