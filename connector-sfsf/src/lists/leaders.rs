//! The people who lead others, or look after them: whoever somebody has as manager or HR representative.

use std::collections::{BTreeMap, HashMap};

use connector_core::Result;
use connector_core::operation::ListValue;
use serde_json::Value as Json;

use super::value::{distinct, text, value};
use crate::http::Scope;
use crate::odata::page::Trail;
use crate::odata::query::Query;
use crate::session::Session;
use crate::user::{USER, status};

/// A list of people at the other end of a navigation.
pub(super) struct Leaders {
    pub name: &'static str,
    pub what: &'static str,
    navigation: &'static str,
}

pub(super) const LEADERS: &[Leaders] = &[
    Leaders { name: "managers", what: "People who are somebody's manager", navigation: "manager" },
    Leaders { name: "hr", what: "People who are somebody's HR representative", navigation: "hr" },
];

/// Everybody is read for it, a page at a time, and of each only who leads them: the tenant has no list.
pub(super) async fn read(session: &Session, scope: &Scope, list: &Leaders) -> Result<Vec<ListValue>> {
    let fields = ["userId", "username", "firstName", "lastName", "status"];
    let select: Vec<_> = fields.iter().map(|field| format!("{}/{field}", list.navigation)).collect();
    let query = Query::set(USER)
        .json()
        .option("$filter", status::listed(&session.configuration.statuses))
        .option("$select", format!("userId,{}", select.join(",")))
        .option("$expand", list.navigation)
        .option("customPageSize", session.configuration.page_size.to_string());
    let (mut found, mut trail) = (HashMap::new(), Trail::default());
    let mut page = session.read(scope, &query).await?;
    loop {
        trail.remember(&page)?;
        for row in &page.rows {
            let leader = serde_json::from_slice::<Json>(row).ok();
            let leader = leader.as_ref().and_then(|json| leader_of(session, json.get(list.navigation)?));
            if let Some(leader) = leader {
                found.entry(leader.code.clone()).or_insert(leader);
            }
        }
        match page.next {
            Some(link) => page = session.follow(scope, &link).await?,
            None => return Ok(distinct(found.into_values().collect())),
        }
    }
}

fn leader_of(session: &Session, json: &Json) -> Option<ListValue> {
    let code = text(json, "userId").filter(|id| !matches!(id.as_str(), "NO_MANAGER" | "NO_HR"))?;
    let names = [text(json, "firstName"), text(json, "lastName")];
    let label = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let label = if label.is_empty() { text(json, "username") } else { Some(label) };
    // Whoever is not known to be inactive may be chosen.
    let letter = text(json, "status").and_then(|status| status::known(&status));
    let active = letter.is_none_or(|letter| status::presence(letter).is_active());
    Some(value(&session.configuration.instance, code, label, BTreeMap::new(), active))
}
