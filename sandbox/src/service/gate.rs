//! Who may come in through the port with TLS.

use axum::http::StatusCode;
use serde_json::json;

use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::server::Server;

/// Refuses a request on the port with TLS that does not show the registered certificate, or does not name
/// the company. The body is not that of an OData error (KBA 3333286, 3505973).
pub(crate) fn refusal(server: &Server, call: &Call) -> Option<Reply> {
    let peer = call.peer.as_ref()?;
    let registered = server.certificates.as_ref().map(|certificates| &certificates.client);
    let known = registered.is_some() && peer.certificate.as_ref() == registered;
    if known && call.header("successfactors-companyid") == server.options.company {
        return None;
    }
    let body = json!({"error": {
        "code": "AuthenticationFailed",
        "message": "Authentication service failed to return token.",
        "details": "[AUTH0032]Invalid client certificate",
    }});
    Some(Reply::json(StatusCode::UNAUTHORIZED, &body))
}
