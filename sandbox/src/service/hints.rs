//! The headers that answers have.

use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::server::Server;
use crate::time;

/// The headers that every answer has (docs/successfactors.md#sessions-and-cookies).
pub(crate) fn with_hints(mut reply: Reply, call: &Call, version: &str) -> Reply {
    let missing: Vec<&str> = ["X-SF-Correlation-Id", "successfactors-sourcetype"]
        .into_iter()
        .filter(|name| call.header(*name).is_empty())
        .collect();
    // The version comes first and the hint last, as captured in batches (KBA 3405898, 3709239).
    reply.headers.insert(0, ("dataserviceversion", version.to_owned()));
    if missing.is_empty() {
        return reply;
    }
    let verb = if missing.len() == 1 { "is" } else { "are" };
    let text = format!("{} {verb} missing in request headers", missing.join(", "));
    reply.with_header("successfactors-message", text)
}

/// The headers of an answer that is no part of a batch (docs/successfactors.md#headers-of-answers: a read that was
/// captured in 2025).
pub(crate) fn described(server: &Server, reply: Reply, call: &Call, reads: bool) -> Reply {
    // Writes and parts of a batch say 1.0 where they were captured (KBA 3405898, 3709239).
    let reply = with_hints(reply, call, if reads { "2.0" } else { "1.0" })
        .with_header("company-id", server.options.company.as_str());
    if !reads {
        return reply;
    }
    let (records, tree) = (reply.records, reply.tree);
    let reply = reply
        .with_header("sfodataservertimezone", time::zone(server.options.switches.server_utc_offset_minutes))
        .with_header("apiqueryexecutiontimestamp", server.now().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string());
    match tree {
        Some(tree) => reply
            .with_header("record-count", records.to_string())
            .with_header("x-sf-record-count-recursive", tree.to_string()),
        None => reply,
    }
}
