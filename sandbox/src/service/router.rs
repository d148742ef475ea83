//! One request from its bytes to its answer.

use std::convert::identity;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Response, StatusCode};
use chrono::{DateTime, Utc};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::evidence::RecordedRequest;
use crate::fault::{FaultKind, Stage, apply};
use crate::http::call::Call;
use crate::http::listener::Connection;
use crate::http::reply::Reply;
use crate::server::Server;
use crate::service::hints::described;
use crate::service::{batch, browser, control, gate, oauth, odata, trouble};

/// The largest body that is read.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// The router: one handler for every path, with compression for clients that take it.
pub(crate) fn router(server: Arc<Server>) -> Router {
    let compression = CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest);
    Router::new().fallback(handle).with_state(server).layer(compression)
}

/// Answers whatever comes, and remembers it.
pub(crate) async fn handle(
    State(server): State<Arc<Server>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return Reply::new(StatusCode::PAYLOAD_TOO_LARGE, "text/plain", "").into_response();
    };
    let call = Call::new(parts, body, connection.peer.clone());
    let checked = browser::check(&call, &server.options).map_err(|error| Reply::error(&error, call.format()));
    if call.raw_path.starts_with(control::PREFIX) {
        return checked.map_or_else(identity, |()| control::answer(&server, &call)).into_response();
    }
    let started = Instant::now();
    let mut record = RecordedRequest::new(&call, server.now());
    let (reply, faults) = match checked {
        Ok(()) => troubled(&server, &call, &connection, &mut record).await,
        Err(reply) => (reply, Vec::new()),
    };
    let cut = faults.iter().any(FaultKind::cuts) || record.parts_cut();
    record.faults = faults.iter().map(ToString::to_string).collect();
    record.status = if cut { 0 } else { reply.status.as_u16() };
    record.records = reply.records;
    record.bytes = reply.body.len();
    record.duration = started.elapsed();
    let record = server.log.add(record);
    if let Some(on_request) = &server.options.on_request {
        on_request(&record);
    }
    dated(reply, server.now()).into_response()
}

/// The tenant's own time, by which clients can tell that their clock is off.
fn dated(reply: Reply, at: DateTime<Utc>) -> Reply {
    reply.with_header("date", at.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
}

/// Answers a batch; what it did goes into the record.
async fn batched(
    server: &Server,
    call: &Call,
    connection: &Connection,
    record: &mut RecordedRequest,
) -> Reply {
    if let Some(refusal) = gate::refusal(server, call) {
        return refusal;
    }
    let answered = match odata::admit(server, call) {
        Ok(()) => batch::answer(server, call, connection).await,
        Err(error) => Err(error),
    };
    match answered {
        Ok(answered) => {
            record.parts = answered.parts;
            server.sessions.mark(described(server, answered.reply, call, false), call, server.now())
        }
        Err(error) => Reply::error(&error, call.format()),
    }
}

/// What the tenant itself answers.
fn answer(server: &Server, call: &Call) -> Reply {
    let limit = server.options.switches.max_url_bytes;
    if limit > 0 && call.raw_path.len() + 1 + call.raw_query.len() > limit {
        return apply::html(StatusCode::URI_TOO_LONG);
    }
    if let Some(refusal) = gate::refusal(server, call) {
        return refusal;
    }
    match call.raw_path.as_str() {
        "/oauth/token" => oauth::token(server, call),
        "/oauth/validate" => oauth::validate(server, call),
        "/oauth/idp" if server.options.switches.oauth_idp => oauth::idp::answer(server, call),
        _ => odata::answer(server, call).unwrap_or_else(|error| Reply::error(&error, call.format())),
    }
}

/// Answers a request, with the troubles that meet it before and after.
async fn troubled(
    server: &Server,
    call: &Call,
    connection: &Connection,
    record: &mut RecordedRequest,
) -> (Reply, Vec<FaultKind>) {
    let mut faults = server.faults.take(call, Stage::Before);
    if let Some(reply) = trouble::before(server, &faults, call, connection).await {
        return (reply, faults);
    }
    let mut reply = if batch::is_meant(call) {
        batched(server, call, connection, record).await
    } else {
        answer(server, call)
    };
    let after = server.faults.take_after(call, &reply);
    after.iter().for_each(|fault| trouble::spoil(server, fault, &mut reply, call, connection));
    faults.extend(after);
    (reply, faults)
}
