//! Requests below `/odata/v2`: who is let in, and what answers them.

use axum::http::Method;

use crate::error::ODataError;
use crate::fault::Stage;
use crate::habit::{HABITS, function};
use crate::http::call::Call;
use crate::http::reply::{JSON, Reply};
use crate::odata::paging::snapshot;
use crate::odata::write::result;
use crate::odata::write::single::{self, Written};
use crate::odata::write::upsert::upsert as upserted;
use crate::server::Server;
use crate::server::session::Sessions;
use crate::service::hints::described;
use crate::service::{jobs, oauth};

/// Lets a request in, or says why not.
///
/// # Errors
///
/// The LGN codes of a log-on, and a write with a session's cookie but not its token.
pub(crate) fn admit(server: &Server, call: &Call) -> Result<(), ODataError> {
    oauth::logon(server, call)?;
    Sessions::check(call, server.options.switches.csrf_on_cookie_writes)?;
    jobs::daily(server);
    Ok(())
}

/// Answers a request below `/odata/v2`, but a batch.
///
/// # Errors
///
/// Whatever the tenant refuses.
pub(crate) fn answer(server: &Server, call: &Call) -> Result<Reply, ODataError> {
    let segments = call.segments().ok_or_else(ODataError::invalid_endpoint)?;
    admit(server, call)?;
    let reads = call.method == Method::GET || call.method == Method::HEAD;
    let reply = match segments[..] {
        ["upsert"] => upsert(server, call),
        _ if reads => read(server, call, &segments),
        _ if function::find(&segments).is_some_and(|one| one.takes(&call.method)) => {
            read(server, call, &segments)
        }
        [segment] => write(server, call, segment),
        _ => Err(ODataError::entity_not_found(&segments.join("/"))),
    };
    let reply = described(server, reply?, call, reads);
    if segments == ["logout"] {
        return Ok(reply);
    }
    Ok(server.sessions.mark(reply, call, server.now()))
}

fn upsert(server: &Server, call: &Call) -> Result<Reply, ODataError> {
    if call.method != Method::POST {
        return Err(ODataError::entity_not_found("upsert"));
    }
    let faults = server.faults.take(call, Stage::Rows);
    let now = server.millis();
    let applied = upserted(call, &mut server.tenant_mut(), &server.options, now, &faults, HABITS)?;
    Ok(result::reply(&applied.rows, call.format()))
}

fn write(server: &Server, call: &Call, segment: &str) -> Result<Reply, ODataError> {
    let switches = &server.options.switches;
    let (written, _) =
        single::write(call, segment, &mut server.tenant_mut(), switches, server.millis(), HABITS)?;
    match written {
        Written::Created(entity, row) => server.reader(call, &server.tenant()).created(entity, row),
        Written::Changed => Ok(Reply::ok(JSON, "").with_records(1)),
    }
}

/// Answers a read or a function import of somebody who was let in.
///
/// # Errors
///
/// Whatever the tenant refuses.
pub(crate) fn read(server: &Server, call: &Call, segments: &[&str]) -> Result<Reply, ODataError> {
    jobs::refresh(server, call);
    if let Some(function) = function::find(segments) {
        return function.answer(server, call);
    }
    let later = call.option("paging") == Some("snapshot") && call.option("$skiptoken").is_some();
    if later && server.options.switches.snapshot_needs_session && !Sessions::has_one(call) {
        return Err(snapshot::lost());
    }
    server.reader(call, &server.tenant()).answer(segments)
}
