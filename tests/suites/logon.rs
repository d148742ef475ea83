//! Why nobody gets in: whatever a token endpoint, or something in its place, answers.

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::routing::any;
use connector_core::operation::GetRequest;
use connector_core::{Connector, Context, Error, ErrorKind, Retry};
use serde_json::{Value as Json, json};
use tests::{Tenant, collect, connector, keys};

/// Serves on a port of its own until the test ends.
async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// What `test` says when the token endpoint answers so.
async fn refusal(status: u16, content_type: &'static str, body: &str) -> Error {
    let body = body.to_owned();
    let answer = move || {
        let body = body.clone();
        async move { (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, content_type)], body) }
    };
    let url = serve(Router::new().fallback(any(answer))).await;
    let tenant = Tenant::with_people(2).await;
    let error = tenant.with_keys(json!({"url": url})).test(&Context::new()).await.unwrap_err();
    assert_eq!(error.retry(), Retry::Never, "{error}");
    error
}

async fn said(status: u16, text: &str) -> Error {
    let body = json!({"errorHttpCode": status.to_string(), "errorMessage": text}).to_string();
    refusal(status, "application/json", &body).await
}

#[tokio::test]
async fn the_reason_in_the_brackets_decides_and_not_the_client_before_them() {
    let login = |reason: &str| format!("Unable to authenticate the client (Login failed - {reason})");
    let address = "login from IP address 203.0.113.7 is prohibited. You can set an API login exception to allow login from this IP address";
    for (text, message, advice) in [
        (login(address), "this machine's address", "Set API login exceptions"),
        (login("password expired"), "password of the API user has expired", "API login exceptions"),
        (login("account locked"), "locked", "KBA 3336550"),
        (login("invalid user"), "does not know the API user", "name_id"),
        (login("user is inactive"), "API user is inactive", "activate"),
        ("Invalid useruuid".to_owned(), "user_uuid", "skipUserUuidInSAMLAttributes"),
        ("API key does not exist in company".to_owned(), "API key", "client_id"),
        (
            "The recipient attribute value must be set as the URL of the API server".to_owned(),
            "recipient",
            "token_url",
        ),
        (
            "Authentication failed. Attempted login from unauthorized ip: 203.0.113.7 to company id: ACME by username: sfapi(status code = 8)".to_owned(),
            "this machine's address",
            "API login exceptions",
        ),
        ("Unable to authenticate the client".to_owned(), "refused to issue a token", "company_id"),
    ] {
        let error = said(401, &text).await;
        assert_eq!(error.kind(), ErrorKind::ServiceAuth, "{error}");
        assert!(error.message().contains(message), "{text}: {error}");
        assert!(error.advice().unwrap().contains(advice), "{text}: {error}");
        assert_eq!(error.target().unwrap().text.as_deref(), Some(text.as_str()));
    }
}

#[tokio::test]
async fn a_code_decides_whatever_the_text_says() {
    for (code, message) in [
        ("LGN0002", "may not use the OData API"),
        ("LGN0008", "company id"),
        ("LGN0014", "locked"),
        ("LGN0015", "password to be wrong"),
        ("LGN0018", "has expired"),
    ] {
        let json = json!({"error": {"code": code, "message": {"lang": "de-DE", "value": format!("[{code}]client")}}});
        let xml =
            format!("<error xmlns=\"x\"><code>{code}</code><message>[{code}]Signature</message></error>");
        for error in [
            refusal(401, "application/json", &json.to_string()).await,
            refusal(403, "application/xml", &xml).await,
        ] {
            assert_eq!(error.kind(), ErrorKind::ServiceAuth, "{code}: {error}");
            assert!(error.message().contains(message), "{code}: {error}");
        }
    }
}

#[tokio::test]
async fn a_token_endpoint_that_fails_is_named_with_what_to_check_first() {
    let page = "<html><body>500</body></html>";
    for error in [
        said(500, "Internal Server Error").await,
        refusal(500, "text/plain", "").await,
        refusal(500, "text/html", page).await,
    ] {
        assert!(error.message().contains("the token endpoint of 127.0.0.1:"), "{error}");
        assert!(error.to_string().contains("url and token_url"), "{error}");
    }
    let error = said(500, "Internal Server Error").await;
    let advice = error.advice().unwrap();
    for first in ["company_id", "audience", "host"] {
        assert!(advice.contains(first), "{advice}");
    }
}

#[tokio::test]
async fn a_web_page_in_the_place_of_the_token_endpoint_is_not_called_a_refusal_of_the_tenant() {
    for status in 400..=404 {
        let error = refusal(status, "text/html", "<!doctype html><p>invalid user, company, client</p>").await;
        assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{error}");
        assert!(error.message().contains("a web page") && error.message().contains("in front"), "{error}");
        assert!(!error.message().contains("refuse"), "{error}");
    }
    let nowhere = refusal(404, "application/json", "{}").await;
    assert_eq!(nowhere.kind(), ErrorKind::ServiceAuth, "a missing endpoint is no missing person");
    assert!(nowhere.message().contains("no token endpoint"), "{nowhere}");
}

#[tokio::test]
async fn a_web_page_in_the_place_of_a_person_says_nothing_about_the_person() {
    for status in 400..=404 {
        let page = move || async move {
            (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "text/html")], "<html></html>")
        };
        let url = serve(Router::new().fallback(any(page))).await;
        let keys = json!({"url": url, "access_token": "t"});
        let connector = connector(keys.as_object().unwrap().clone()).unwrap();
        let error = connector.get(&Context::new(), &GetRequest::new("User", "jdoe")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TargetProtocol, "{error}");
        assert!(error.message().contains("a web page"), "{error}");
    }
}

/// A gateway before a tenant: it maps a prefix, and rewrites nothing. The links in what it hands on name a host that does
/// not exist.
async fn gateway(tenant: &Tenant, prefix: &'static str) -> String {
    let origin = tenant.sandbox.base_url().as_str().trim_end_matches('/').to_owned();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let forward = move |request: Request| {
        let (origin, client) = (origin.clone(), client.clone());
        async move {
            let (parts, body) = request.into_parts();
            let path = parts.uri.path_and_query().unwrap().as_str();
            let Some(path) = path.strip_prefix(prefix) else {
                return (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, String::new())], Bytes::new());
            };
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let mut request = client.request(parts.method, format!("{origin}{path}")).body(body);
            for name in [header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT] {
                if let Some(value) = parts.headers.get(&name) {
                    request = request.header(name, value);
                }
            }
            let answer = request.send().await.unwrap();
            let (status, kind) = (answer.status(), answer.headers().get(header::CONTENT_TYPE).cloned());
            let text = answer.text().await.unwrap().replace("127.0.0.1", "tenant.invalid");
            let kind = kind.map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
            (status, [(header::CONTENT_TYPE, kind)], Bytes::from(text))
        }
    };
    let address = serve(Router::new().fallback(any(forward))).await;
    format!("{address}{prefix}")
}

#[tokio::test]
async fn behind_a_gateway_that_rewrites_nothing_everybody_is_imported_in_every_way_of_paging() {
    let tenant = Tenant::with_people(30).await;
    let expected = tenant.import().await.unwrap().uids().len();
    for prefix in ["", "/sf/acme"] {
        let url = gateway(&tenant, prefix).await;
        for paging in ["snapshot", "key", "link"] {
            // The assertion names the tenant's own host, so the token comes from there.
            let mut keys = keys(&tenant.sandbox);
            let token_url = format!("{}/oauth/token", tenant.sandbox.base_url());
            let changes = json!({"url": url, "token_url": token_url, "paging": paging, "page_size": 7});
            keys.extend(changes.as_object().unwrap().clone());
            let request = connector_core::operation::ImportRequest::new("User");
            let found = collect(connector(keys).unwrap().import(&Context::new(), request)).await.unwrap();
            assert_eq!(found.uids().len(), expected, "{prefix} {paging}");
        }
    }
}

#[tokio::test]
async fn what_fails_below_http_is_said_with_host_and_port_and_nothing_else_of_the_address() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let broken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = broken.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            drop(broken.accept().await);
        }
    });
    for (url, place) in [
        (format!("http://127.0.0.1:{free}/secret-path"), format!("127.0.0.1:{free}")),
        (format!("http://127.0.0.1:{port}/secret-path"), format!("127.0.0.1:{port}")),
        (format!("https://127.0.0.1:{port}/secret-path"), format!("127.0.0.1:{port}")),
        ("https://no-such-host.invalid/secret-path".into(), "no-such-host.invalid:443".into()),
    ] {
        let keys: Json = json!({"url": url, "access_token": "t", "max_attempts": 1});
        let connector = connector(keys.as_object().unwrap().clone()).unwrap();
        let error = connector.get(&Context::new(), &GetRequest::new("User", "secret-uid")).await.unwrap_err();
        assert!(error.message().contains(&place), "{error}");
        assert!(!error.message().contains("secret"), "{error}");
    }
}
