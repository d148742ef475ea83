//! HRIS sync of the whole tenant, as the daily job does it (entity sheet §7.4).

use crate::options::Switches;
use crate::tenant::Tenant;
use crate::write::upsert::Parameters;
use crate::write::user::Writing;

/// Copies what Employee Central knows of today to all users that have an employment: a status or a name
/// that somebody wrote to `User` is overwritten (KBA 2948448). Gives the number of employments.
pub(crate) fn run(tenant: &mut Tenant, switches: &Switches, now: i64) -> usize {
    Writing::new(tenant, switches, Parameters::plain(), now).sync_all()
}
