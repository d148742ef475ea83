//! The numbers of members that groups show. They are made when somebody looks, if anything changed since.

use std::sync::atomic::Ordering;

use crate::habit::groups::Groups;
use crate::http::call::Call;
use crate::options::Switches;
use crate::service::server::Server;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

/// Brings the numbers up to date, for a request that may show them.
pub(crate) fn count(server: &Server, call: &Call) {
    let named = call.query.iter().any(|(_, value)| value.contains("Group"));
    let shown = named || call.raw_path.contains("Group");
    if !shown || server.tenant().version() == server.counted.load(Ordering::SeqCst) {
        return;
    }
    let mut tenant = server.tenant_mut();
    refresh(&mut tenant, &server.options.switches);
    server.counted.store(tenant.version(), Ordering::SeqCst);
}

/// Brings the numbers of all groups up to date.
fn refresh(tenant: &mut Tenant, switches: &Switches) {
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
