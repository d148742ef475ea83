//! The people who lead others, or look after them: whoever somebody has as manager or HR representative.

use std::collections::{BTreeMap, HashMap};

use connector_core::Result;
use connector_core::operation::ListValue;
use serde_json::Value as Json;

use super::profile::PROFILE;
use super::state::STATUS;
use crate::class::Class as _;
use crate::class::lists::value::{distinct, text, value};
use crate::http::Scope;
use crate::odata::query::Query;
use crate::tenant::{Pages, Session};

/// A list of people at the other end of a navigation.
pub(in crate::class) struct Leaders {
    pub name: &'static str,
    pub what: &'static str,
    navigation: &'static str,
}

pub(in crate::class) const LEADERS: &[Leaders] = &[
    Leaders { name: "managers", what: "People who are somebody's manager", navigation: "manager" },
    Leaders { name: "hr", what: "People who are somebody's HR representative", navigation: "hr" },
];

/// Everybody is read for it, a page at a time, and of each only who leads them: the tenant has no list.
pub(in crate::class) async fn read(
    session: &Session,
    scope: &Scope,
    list: &Leaders,
) -> Result<Vec<ListValue>> {
    let fields = ["userId", "username", "firstName", "lastName", "status"];
    let select: Vec<_> = fields.iter().map(|field| format!("{}/{field}", list.navigation)).collect();
    let states = super::User.states(&session.configuration);
    let query = Query::set(PROFILE.entity)
        .json()
        .option("$filter", STATUS.listed(&states))
        .option("$select", format!("userId,{}", select.join(",")))
        .option("$expand", list.navigation)
        .option("customPageSize", session.configuration.page_size.to_string());
    let (mut found, mut pages) = (HashMap::new(), Pages::new(query));
    while let Some(page) = pages.next(session, scope).await? {
        for row in &page.rows {
            let leader = serde_json::from_slice::<Json>(row).ok();
            let leader = leader.as_ref().and_then(|json| leader_of(session, json.get(list.navigation)?));
            if let Some(leader) = leader {
                found.entry(leader.code.clone()).or_insert(leader);
            }
        }
    }
    Ok(distinct(found.into_values().collect()))
}

fn leader_of(session: &Session, json: &Json) -> Option<ListValue> {
    let code = text(json, "userId").filter(|id| !matches!(id.as_str(), "NO_MANAGER" | "NO_HR"))?;
    let names = [text(json, "firstName"), text(json, "lastName")];
    let label = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let label = if label.is_empty() { text(json, "username") } else { Some(label) };
    // Whoever is not known to be inactive may be chosen.
    let status = text(json, STATUS.property).and_then(|status| STATUS.known(&status));
    let active = status.is_none_or(|status| status.presence.is_active());
    Some(value(&session.configuration.instance, code, label, BTreeMap::new(), active))
}
