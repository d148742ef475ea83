//! `POST /odata/v2/$batch`: reads, and writes in change sets that are taken back together
//! (docs/successfactors.md#batches).

mod content_id;
mod multipart;
mod request;
mod response;

use axum::http::{Method, StatusCode};

use crate::error::ODataError;
use crate::evidence::RecordedPart;
use crate::fault::{FaultKind, Stage};
use crate::http::call::Call;
use crate::http::listener::Connection;
use crate::http::reply::Reply;
use crate::http::uri;
use crate::server::Server;
use crate::service::batch::content_id::ContentIds;
use crate::service::batch::request::Item;
use crate::service::batch::response::{Part, multipart};
use crate::service::hints::with_hints;
use crate::service::transaction::{Refused, Transaction};
use crate::service::{odata, trouble};

/// What every part says of its version, reads among them (KBA 3405898, 3709239).
const VERSION: &str = "1.0";

/// Whether a request is a batch.
pub(crate) fn is_meant(call: &Call) -> bool {
    uri::decode(&call.raw_path, false) == "/odata/v2/$batch"
}

/// A batch that was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) reply: Reply,
    /// What its requests were and how they ended.
    pub(crate) parts: Vec<RecordedPart>,
    /// The connection was cut on purpose on the way, and what came after was not done.
    pub(crate) cut: bool,
}

/// Answers a batch whose sender is known already. The outer status is that of the whole, whatever the parts
/// say; troubles meet the requests inside by their own method and path.
///
/// # Errors
///
/// `BadRequestException` for a body that is none, and for more than 180 requests.
pub(crate) async fn answer(
    server: &Server,
    call: &Call,
    connection: &Connection,
) -> Result<Answered, ODataError> {
    if call.method != Method::POST {
        return Err(ODataError::entity_not_found("$batch"));
    }
    let mut answered = Answered { reply: Reply::ok("text/plain", ""), parts: Vec::new(), cut: false };
    let mut parts = Vec::new();
    for item in request::items(call, server.options.switches.batch_preamble)? {
        let (part, faults) = one(server, &item, connection).await;
        answered.cut = faults.iter().any(FaultKind::cuts);
        answered.parts.extend(recorded(&item, &part, &faults));
        parts.push(part);
        if answered.cut {
            break;
        }
    }
    let status = StatusCode::from_u16(server.options.switches.batch_status).unwrap_or(StatusCode::OK);
    answered.reply = multipart(&parts, status, server.serial());
    Ok(answered)
}

/// Answers one part, with its troubles before and after.
async fn one(server: &Server, item: &Item, connection: &Connection) -> (Part, Vec<FaultKind>) {
    let mut faults = Vec::new();
    for call in item.calls() {
        let before = server.faults.take(call, Stage::Before);
        let instead = trouble::before(server, &before, call, connection).await;
        faults.extend(before);
        if let Some(reply) = instead {
            return (Part::Single(reply), faults);
        }
    }
    let mut part = match item {
        Item::Request(call) => Part::Single(read(server, call)),
        Item::ChangeSet(calls) => change_set(server, calls),
    };
    let replies = match &mut part {
        Part::Single(reply) => std::slice::from_mut(reply),
        Part::ChangeSet(replies) => replies.as_mut_slice(),
    };
    for (call, reply) in item.calls().iter().zip(replies) {
        let after = server.faults.take_after(call, reply);
        after.iter().for_each(|fault| trouble::spoil(server, fault, reply, call, connection));
        faults.extend(after);
    }
    (part, faults)
}

/// A request outside of change sets may only read.
fn read(server: &Server, call: &Call) -> Reply {
    let reads = call.method == Method::GET;
    let reply = match segments(call) {
        Ok(segments) if reads => odata::read(server, call, &segments),
        Ok(_) => Err(ODataError::bad_request("A write in a batch request needs a change set")),
        Err(error) => Err(error),
    };
    with_hints(reply.unwrap_or_else(|error| failed(&error, call)), call, VERSION)
}

/// The writes of a change set, or the one failure that took them all back.
fn change_set(server: &Server, calls: &[Call]) -> Part {
    let mut transaction = Transaction::new(server, server.tenant_mut());
    let mut ids = ContentIds::new(server.options.switches.content_id_references);
    let mut replies = Vec::new();
    for call in calls {
        match write(&mut transaction, &ids, call) {
            Ok(reply) => {
                let made = transaction.made.take();
                replies.push(with_hints(ids.remember(call, made, reply), call, VERSION));
            }
            Err(refused) => {
                transaction.roll_back();
                let reply = refused.into_reply(call, server.options.switches.changeset_error_status);
                let reply = reply.with_header("x-sf-record-count-recursive", "0");
                return Part::Single(with_hints(reply, call, VERSION));
            }
        }
    }
    Part::ChangeSet(replies)
}

/// One request of a change set, with its references to those before it.
fn write(transaction: &mut Transaction<'_>, ids: &ContentIds, call: &Call) -> Result<Reply, Refused> {
    let resolved = ids.resolve(call)?;
    let call = resolved.as_ref().unwrap_or(call);
    transaction.write(call, &segments(call)?)
}

fn failed(error: &ODataError, call: &Call) -> Reply {
    Reply::error(error, call.format()).with_header("x-sf-record-count-recursive", "0")
}

fn segments(call: &Call) -> Result<Vec<&str>, ODataError> {
    let rest = call.raw_path.strip_prefix("/odata/v2/").ok_or_else(ODataError::invalid_endpoint)?;
    let segments: Vec<&str> = rest.split('/').filter(|segment| !segment.is_empty()).collect();
    match segments[..] {
        ["$batch"] => Err(ODataError::bad_request("A batch request cannot be in another")),
        _ => Ok(segments),
    }
}

fn recorded(item: &Item, part: &Part, faults: &[FaultKind]) -> Vec<RecordedPart> {
    let replies = part.replies();
    let calls = item.calls().iter().enumerate();
    calls
        .map(|(index, call)| {
            // A change set that failed has one answer for all of its requests.
            let reply = replies.get(index).or_else(|| replies.first());
            RecordedPart::new(call, reply, faults, matches!(item, Item::ChangeSet(_)))
        })
        .collect()
}
