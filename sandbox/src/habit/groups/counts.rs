//! The numbers of members that groups show. They are made when somebody looks, if anything changed since.

use crate::habit::groups::Groups;
use crate::http::call::Call;
use crate::options::switches::Switches;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// Whether a request may show the numbers.
pub(crate) fn are_named(call: &Call) -> bool {
    let named = call.query.iter().any(|(_, value)| value.contains("Group"));
    named || call.raw_path.contains("Group")
}

/// Brings the numbers of all groups up to date.
pub(crate) fn refresh(tenant: &mut Tenant, switches: &Switches) {
    let Ok(groups) = Groups::new(tenant, switches) else { return };
    let entity = groups.entity;
    let counted: Vec<(Row, [i64; 2])> =
        groups.all().iter().map(|group| (*group, numbers(&groups, *group))).collect();
    for (row, numbers) in counted {
        for (name, number) in ["activeMembershipCount", "totalMemberCount"].iter().zip(numbers) {
            let Some(column) = tenant.entity(entity).property(name) else { continue };
            if tenant.table(entity).get(row, column) != Value::Int(number) {
                tenant.table_mut(entity).set(row, column, Value::Int(number));
            }
        }
    }
}

/// Active members, and all.
fn numbers(groups: &Groups<'_>, group: Row) -> [i64; 2] {
    let members = groups.members(group);
    let active = members.iter().filter(|user| groups.is_active(**user)).count();
    [active, members.len()].map(|count| i64::try_from(count).unwrap_or(i64::MAX))
}
