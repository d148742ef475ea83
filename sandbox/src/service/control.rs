//! The control interface, under a path that no tenant has: for a test in another process, or a curious
//! reader with curl.

use std::iter;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::evidence::RecordedRequest;
use crate::fault::Fault;
use crate::habit::status::STATUSES;
use crate::habit::users;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::options::Options;
use crate::server::Server;
use crate::service::jobs;
use crate::service::oauth;

/// Where it is.
pub(crate) const PREFIX: &str = "/sandbox/";

/// What it can do; the answer to everything that it cannot.
const HELP: &str = "try GET /sandbox/status or /sandbox/switches, GET or DELETE /sandbox/requests, GET, POST or \
    DELETE /sandbox/faults, POST /sandbox/token, /sandbox/expire-tokens, /sandbox/lose-snapshots, \
    /sandbox/hris-sync, /sandbox/purge or /sandbox/clock";

/// `GET status` and `switches`, `GET` and `DELETE requests`, `GET`, `POST` and `DELETE faults`, `POST token`,
/// `expire-tokens`, `hris-sync`, `purge`, `lose-snapshots` and `clock`.
pub(crate) fn answer(server: &Server, call: &Call) -> Reply {
    if let Some(refusal) = refusal(&server.options, call) {
        return refusal;
    }
    let name = call.raw_path.strip_prefix(PREFIX).unwrap_or_default().trim_end_matches('/');
    match (call.method.clone(), name) {
        (Method::GET, "status") => ok(&status(server)),
        (Method::GET, "switches") => ok(&json!(server.options.switches)),
        (Method::GET, "requests") => requests(server, call),
        (Method::DELETE, "requests") => {
            server.log.clear();
            ok(&json!({"requests": []}))
        }
        (Method::GET, "faults") => ok(&faults(server)),
        (Method::POST, "faults") => add(server, &call.body),
        (Method::DELETE, "faults") => {
            server.clear_faults();
            ok(&faults(server))
        }
        (Method::POST, _) => change(server, call, name),
        _ => help(),
    }
}

/// On another address than a loopback one, or where there is a token, nobody comes in without it.
fn refusal(options: &Options, call: &Call) -> Option<Reply> {
    let Some(token) = &options.control_token else {
        let listens = iter::once(options.listen).chain(options.tls.as_ref().map(|tls| tls.listen));
        let text = "the control interface is shut, because others than this machine reach it; start the sandbox with \
            --control-token FILE, and send the token as `Authorization: Bearer`";
        let shut = Reply::json(StatusCode::FORBIDDEN, &json!({ "error": text }));
        return listens.into_iter().any(|address| !address.ip().is_loopback()).then_some(shut);
    };
    let given = call.header(header::AUTHORIZATION).split_once(' ');
    let given = given
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    if verify_slices_are_equal(given.as_bytes(), token.as_bytes()).is_ok() {
        return None;
    }
    let text = "the control interface wants its token as `Authorization: Bearer`";
    let refusal = Reply::json(StatusCode::UNAUTHORIZED, &json!({ "error": text }));
    Some(refusal.with_header("www-authenticate", "Bearer"))
}

/// What changes the tenant without a trouble that stays.
fn change(server: &Server, call: &Call, name: &str) -> Reply {
    match name {
        "token" => ok(&json!({"access_token": oauth::hand_out(server), "token_type": "Bearer"})),
        "expire-tokens" => {
            server.tokens().clear();
            ok(&json!({"tokens": 0}))
        }
        "hris-sync" => ok(&json!({"employments": jobs::hris_sync(server)})),
        "purge" => ok(&json!({"purged": jobs::purge(server, String::from_utf8_lossy(&call.body).trim())})),
        "lose-snapshots" => {
            server.pages.snapshots.clear();
            ok(&json!({"snapshots": 0}))
        }
        "clock" => match String::from_utf8_lossy(&call.body).trim().parse() {
            Ok(seconds) => {
                server.set_skew(seconds);
                ok(&json!({"time": server.now()}))
            }
            Err(_) => bad("the body is a number of seconds, negative for a clock that is behind"),
        },
        _ => help(),
    }
}

fn ok(value: &Value) -> Reply {
    Reply::json(StatusCode::OK, value)
}

fn bad(text: &str) -> Reply {
    Reply::json(StatusCode::BAD_REQUEST, &json!({ "error": text }))
}

fn help() -> Reply {
    Reply::json(StatusCode::NOT_FOUND, &json!({ "error": HELP }))
}

/// The remembered requests: all, or those that every given option fits. `method`, `status`, `path` and `fault`
/// (parts of them), `after` (a number that a request has to be above), and `limit` (so many of the last).
fn requests(server: &Server, call: &Call) -> Reply {
    let mut requests = server.log.all();
    for (name, value) in call.query.iter().filter(|(name, _)| name != "limit") {
        let number = value.parse::<u64>();
        let fits: Box<dyn Fn(&RecordedRequest) -> bool> = match (name.as_str(), number) {
            ("method", _) => Box::new(|one| one.method.eq_ignore_ascii_case(value)),
            ("path", _) => Box::new(|one| format!("{}?{}", one.path, one.raw_query).contains(value)),
            ("fault", _) => Box::new(|one| one.faults.iter().any(|fault| fault.contains(value))),
            ("status", Ok(status)) => Box::new(move |one| u64::from(one.status) == status),
            ("after", Ok(number)) => Box::new(move |one| one.number > number),
            _ => return bad("the options are method, path, status, fault, after and limit"),
        };
        requests.retain(|one| fits(one));
    }
    if let Some(limit) = call.option("limit") {
        let Ok(limit) = limit.parse::<usize>() else { return bad("limit is not a number") };
        requests.drain(..requests.len().saturating_sub(limit));
    }
    ok(&json!({ "requests": requests }))
}

fn faults(server: &Server) -> Value {
    let texts: Vec<String> = server.faults.all().iter().map(ToString::to_string).collect();
    json!({ "faults": texts })
}

/// Takes a fault in its text form, bare or as `{"fault":"…"}`.
fn add(server: &Server, body: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(body).trim().to_owned();
    let text = match serde_json::from_str::<Value>(&text) {
        Ok(Value::String(text)) => text,
        Ok(Value::Object(map)) => map.get("fault").and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => text,
    };
    match text.parse::<Fault>() {
        Ok(fault) => {
            server.faults.add(fault);
            ok(&faults(server))
        }
        Err(error) => bad(&error.to_string()),
    }
}

fn status(server: &Server) -> Value {
    let tenant = server.tenant();
    let counts = users::by_status(&tenant);
    let statuses: serde_json::Map<String, Value> = STATUSES
        .iter()
        .map(|(letter, _)| ((*letter).to_owned(), counts.get(*letter).copied().unwrap_or(0).into()))
        .collect();
    json!({
        "company": server.options.company,
        "clientId": server.client_id,
        "userId": server.options.api_user,
        "seed": server.options.seed,
        "time": server.now(),
        "people": users::count(&tenant),
        "statuses": statuses,
        "requests": server.log.total(),
        "faults": server.faults.all().iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
