//! The control interface, under a path that no tenant has: for a test in another process, or a curious
//! reader with curl.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::oauth;
use crate::query::user::STATUSES;
use crate::server::Server;

/// Where it is.
pub(crate) const PREFIX: &str = "/sandbox/";

/// `GET status`, `GET` and `DELETE requests`, `GET`, `POST` and `DELETE faults`, `POST token`, `POST
/// expire-tokens`.
pub(crate) fn answer(server: &Server, call: &Call) -> Reply {
    let name = call.raw_path.strip_prefix(PREFIX).unwrap_or_default().trim_end_matches('/');
    match (call.method.clone(), name) {
        (Method::GET, "status") => ok(&status(server)),
        (Method::GET, "requests") => ok(&json!({"requests": server.log.all()})),
        (Method::DELETE, "requests") => {
            server.log.clear();
            ok(&json!({"requests": []}))
        }
        (Method::GET, "faults") => ok(&faults(server)),
        (Method::POST, "faults") => add(server, &call.body),
        (Method::DELETE, "faults") => {
            server.faults.clear();
            ok(&faults(server))
        }
        (Method::POST, "token") => {
            ok(&json!({"access_token": oauth::hand_out(server), "token_type": "Bearer"}))
        }
        (Method::POST, "hris-sync") => ok(&json!({"employments": server.hris_sync()})),
        (Method::POST, "expire-tokens") => {
            server.tokens().clear();
            ok(&json!({"tokens": 0}))
        }
        _ => Reply::json(
            StatusCode::NOT_FOUND,
            &json!({"error": "try GET /sandbox/status, GET or DELETE /sandbox/requests, GET, POST or DELETE \
                /sandbox/faults, POST /sandbox/token, /sandbox/hris-sync or /sandbox/expire-tokens"}),
        ),
    }
}

fn ok(value: &Value) -> Reply {
    Reply::json(StatusCode::OK, value)
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
        Err(error) => Reply::json(StatusCode::BAD_REQUEST, &json!({"error": error.to_string()})),
    }
}

fn status(server: &Server) -> Value {
    let tenant = server.tenant();
    let mut statuses = serde_json::Map::new();
    if let Some(entity) = tenant.model.entity("User") {
        for (letter, _) in STATUSES {
            let rows = tenant.table(entity).order().iter();
            let count = rows.filter(|row| tenant.text(entity, **row, "status") == letter).count();
            statuses.insert(letter.to_owned(), count.into());
        }
    }
    json!({
        "company": server.options.company,
        "clientId": server.client_id,
        "userId": server.options.api_user,
        "seed": server.options.seed,
        "time": server.options.clock.now(),
        "people": tenant.model.entity("User").map_or(0, |entity| tenant.table(entity).len()),
        "statuses": statuses,
        "requests": server.log.total(),
        "faults": server.faults.all().iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
