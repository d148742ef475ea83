//! What a tenant does by itself: the daily jobs, purges, and numbers that are made when somebody looks.

use std::sync::atomic::Ordering;

use crate::habit::{groups, hris_sync, purge, termination};
use crate::http::call::Call;
use crate::server::Server;
use crate::time;

/// Runs HRIS sync for everybody who has an employment, and gives their number.
pub(crate) fn hris_sync(server: &Server) -> usize {
    let now = server.millis();
    hris_sync::run(&mut server.tenant_mut(), &server.options.switches, now)
}

/// Takes a user away; false if there is none.
pub(crate) fn purge(server: &Server, user_id: &str) -> bool {
    let now = server.millis();
    purge::run(&mut server.tenant_mut(), &server.options.switches, now, user_id)
}

/// The daily job, with the first request of a new day.
pub(crate) fn daily(server: &Server) {
    let today = time::day(server.millis());
    if server.options.switches.hris_sync_daily && server.synced.swap(today, Ordering::SeqCst) < today {
        hris_sync(server);
    }
}

/// Brings up to date what a read may show: the members of groups, and what a new day changes.
pub(crate) fn refresh(server: &Server, call: &Call) {
    count_members(server, call);
    let today = time::day(server.millis());
    if server.tenant().today != today {
        termination::turn(&mut server.tenant_mut(), today);
    }
}

/// Counts the members of groups, for a request that may show the numbers, if anything changed since.
fn count_members(server: &Server, call: &Call) {
    if !groups::are_named(call) || server.tenant().version() == server.counted.load(Ordering::SeqCst) {
        return;
    }
    let mut tenant = server.tenant_mut();
    groups::refresh(&mut tenant, &server.options.switches);
    server.counted.store(tenant.version(), Ordering::SeqCst);
}
