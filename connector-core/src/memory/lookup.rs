//! `lookup`: the teams, as a list to choose from.

use super::Target;
use super::model::{TEAM, TEAMS};
use crate::error::{Error, ErrorKind, Result};
use crate::object::Uid;
use crate::operation::{ListValue, LookupRequest, Operation, ValueList, ValueStatus};

pub(super) fn run(target: &Target, request: &LookupRequest) -> Result<ValueList> {
    if request.name != TEAMS {
        let message = format!("there is no list '{}'; there is {TEAMS}", request.name);
        return Err(Error::new(ErrorKind::InvalidRequest, message));
    }
    let class = target.model.class(&TEAM.into(), Operation::Lookup)?;
    let values = target.store.with_table(class, |table| {
        let uids = table.uids(|_, _| true).into_iter();
        let labeled = uids.map(|uid| {
            let label = table.get(&uid).map(|record| record.name(class).to_owned());
            value(&uid, label.unwrap_or_default())
        });
        labeled.collect()
    });
    Ok(ValueList { name: request.name.clone(), age_ms: 0, values })
}

fn value(uid: &Uid, label: String) -> ListValue {
    ListValue {
        code: uid.to_string(),
        labels: [("en_US".to_owned(), label.clone())].into(),
        key: format!("memory~{uid}"),
        decode: format!("memory~{label}"),
        label,
        status: ValueStatus::Active,
        id: None,
    }
}
