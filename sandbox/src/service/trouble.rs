//! Troubles that are made on purpose, before and after the tenant's own answer.

use std::time::Duration;

use axum::http::{StatusCode, header};

use crate::fault::{FaultKind, apply};
use crate::http::call::Call;
use crate::http::listener::Connection;
use crate::http::reply::Reply;
use crate::server::Server;
use crate::service::oauth;

/// Does what the faults say that come before the tenant's own answer. `None` goes on to that.
pub(crate) async fn before(
    server: &Server,
    faults: &[FaultKind],
    call: &Call,
    connection: &Connection,
) -> Option<Reply> {
    for fault in faults {
        match fault {
            FaultKind::Latency(millis) => tokio::time::sleep(Duration::from_millis(*millis)).await,
            FaultKind::Hang => hang(server).await,
            FaultKind::CutBefore => {
                connection.cut_after(0);
                return Some(Reply::new(StatusCode::OK, "text/plain", ""));
            }
            FaultKind::ExpireTokens(status) => {
                server.tokens().clear();
                return Some(Reply::error(&oauth::rejected(*status), call.format()));
            }
            FaultKind::RevokeToken(status) => {
                let token = call.header(header::AUTHORIZATION).split_once(' ').map_or("", |(_, token)| token);
                server.tokens().revoke(token.trim());
                return Some(Reply::error(&oauth::rejected(*status), call.format()));
            }
            FaultKind::ClockSkew(seconds) => server.set_skew(*seconds),
            FaultKind::LoseSnapshot => server.pages.snapshots.clear(),
            FaultKind::BlockSnapshots => server.pages.snapshots.block(server.now()),
            other => {
                if let Some(reply) = apply::instead(other, call) {
                    return Some(reply);
                }
            }
        }
    }
    None
}

/// Does to an answer what a fault says.
pub(crate) fn spoil(
    server: &Server,
    fault: &FaultKind,
    reply: &mut Reply,
    call: &Call,
    connection: &Connection,
) {
    apply::spoil(fault, reply, call, connection, server.options.switches.uri_port);
}

/// Waits until the tenant stops.
async fn hang(server: &Server) {
    let mut stopping = server.stopping.clone();
    // An error means that the tenant is gone.
    let _gone = stopping.wait_for(|stopping| *stopping).await;
}
