//! Web pages: what somebody looks at in a browser on the machine of the tenant must not reach it. Fetch Metadata
//! Request Headers (W3C), RFC 6454 (`Origin`), RFC 9112 §3.2 (`Host`).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use reqwest::Method;
use sandbox::{Fault, Options, Sandbox};
use serde_json::json;
use support::{Answer, Fixture, options, record};

type Headers<'a> = &'a [(&'a str, &'a str)];

async fn send(fixture: &Fixture, method: &str, path: &str, headers: Headers<'_>, body: &str) -> Answer {
    let url = format!("{}{path}", fixture.tenant.base_url());
    let mut request = fixture.http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
    request = request.bearer_auth(&fixture.token).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::of(request.body(body.to_owned()).send().await.unwrap()).await
}

/// Whatever can change something, by every method that the tenant knows.
const CHANGES: [(&str, &str); 19] = [
    ("POST", "/odata/v2/upsert"),
    ("POST", "/odata/v2/User"),
    ("PUT", "/odata/v2/User('jsmith')"),
    ("MERGE", "/odata/v2/User('jsmith')"),
    ("PATCH", "/odata/v2/User('jsmith')"),
    ("DELETE", "/odata/v2/User('jsmith')"),
    ("POST", "/odata/v2/$batch"),
    ("POST", "/odata/v2/%24batch"),
    ("POST", "/odata/v2/generateNextPersonID"),
    ("POST", "/oauth/token"),
    ("POST", "/oauth/idp"),
    ("POST", "/sandbox/token"),
    ("POST", "/sandbox/faults"),
    ("DELETE", "/sandbox/faults"),
    ("DELETE", "/sandbox/requests"),
    ("POST", "/sandbox/purge"),
    ("POST", "/sandbox/clock"),
    ("GET", "/sandbox/requests"),
    ("GET", "/sandbox/status"),
];

#[tokio::test]
async fn nothing_changes_on_behalf_of_another_origin() {
    let fixture = Fixture::new(70).await;
    let body = record("jsmith", &json!({"nickname": "changed"})).to_string();
    let before = fixture.tenant.user("jsmith").unwrap();
    // A trouble is not used up by what is refused.
    fixture.tenant.inject("throttle:/odata/v2/upsert*1".parse::<Fault>().unwrap());
    let elsewhere: [Headers<'_>; 7] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://localhost")],
        &[("origin", "http://127.0.0.1:1")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "SAME-SITE"), ("origin", "")],
    ];
    for headers in elsewhere {
        for (method, path) in CHANGES {
            let answer = send(&fixture, method, path, headers, &body).await;
            assert_eq!(answer.status, 403, "{method} {path} {headers:?}: {}", answer.text);
        }
        // A read is what it is: without a header that allows it, no page can see the answer.
        assert_eq!(send(&fixture, "GET", "/odata/v2/User/$count", headers, "").await.status, 200);
    }
    assert_eq!(fixture.tenant.user("jsmith").unwrap(), before);
    assert_eq!(fixture.tenant.faults().len(), 1);
    fixture.tenant.clear_faults();
    let own = fixture.tenant.base_url();
    let here: [Headers<'_>; 4] = [
        &[],
        &[("origin", &own), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
        // Programs that run on Node.js say so of themselves.
        &[("sec-fetch-mode", "cors")],
    ];
    for headers in here {
        assert_eq!(
            send(&fixture, "POST", "/odata/v2/upsert", headers, &body).await.status,
            200,
            "{headers:?}"
        );
        assert_eq!(send(&fixture, "GET", "/sandbox/status", headers, "").await.status, 200);
    }
}

/// docs/successfactors.md#function-imports: some function imports change something though they are called with GET. A
/// connector may; what says that it comes from a web page, from whichever, may not.
#[tokio::test]
async fn no_page_calls_a_function_that_changes_something() {
    let fixture = Fixture::new(70).await;
    let functions = [
        "updateStaticGroup?groupId=3605L&action='ADD'&userIds='cmueller'",
        "/updateStaticGroup?groupId=3605L&action='ADD'&userIds='cmueller'",
        "convertAssignmentIdExternal?oldAssignmentIdExternal='a'&newAssignmentIdExternal='b'",
        "refreshMetadata",
        "logout",
    ];
    let own = fixture.tenant.base_url();
    let pages: [Headers<'_>; 4] = [
        &[("origin", "null")],
        &[("origin", &own)],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
    ];
    for function in functions {
        for headers in pages {
            let answer = send(&fixture, "GET", &format!("/odata/v2/{function}"), headers, "").await;
            assert_eq!(answer.status, 403, "{function} {headers:?}");
        }
    }
    let members = async || {
        let query = [("groupId", "3605"), ("activeOnly", "false")];
        fixture.get("getUsersByDynamicGroup", &query).await.text.contains("cmueller")
    };
    assert!(!members().await);
    let path = format!("/odata/v2/{}", functions[0]);
    assert_eq!(send(&fixture, "GET", &path, &[("sec-fetch-mode", "cors")], "").await.status, 200);
    assert!(members().await);
}

/// A name that leads here is not yet the tenant's (DNS rebinding), on every path.
#[tokio::test]
async fn tenant_is_asked_for_by_its_own_names() {
    let fixture = Fixture::new(5).await;
    let paths = [
        "/",
        "/odata/v2/User",
        "/odata/v2/$metadata",
        "/oauth/token",
        "/oauth/validate",
        "/sandbox/status",
        "/sandbox/token",
    ];
    for path in paths {
        for host in
            ["evil.example", "evil.example:8080", "localhost.evil.example", "0.0.0.0", "tenant.test", ""]
        {
            let answer = send(&fixture, "GET", path, &[("host", host)], "").await;
            let expected = if host.is_empty() { [400, 421] } else { [421, 421] };
            assert!(expected.contains(&answer.status), "{host}{path}: {} {}", answer.status, answer.text);
        }
    }
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1:65535", "127.0.0.2", "[::1]:80"] {
        let answer =
            send(&fixture, "GET", "/odata/v2/User('sfapi')?$format=json", &[("host", host)], "").await;
        // Links take the name and the port by which the tenant was asked for.
        assert_eq!(answer.json()["d"]["__metadata"]["uri"], format!("http://{host}/odata/v2/User('sfapi')"));
    }
    let named = Options { host_names: vec!["tenant.test".to_owned()], ..options(5) };
    let fixture = Fixture::with(named).await;
    let answer = send(&fixture, "GET", "/odata/v2/User/$count", &[("host", "Tenant.Test:8080")], "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        send(&fixture, "GET", "/odata/v2/User/$count", &[("host", "other.test")], "").await.status,
        421
    );
}

/// Requests that name two hosts, in a header and in their address, are asked for by both; those without any are none.
#[tokio::test]
async fn every_host_of_a_request_counts() {
    let fixture = Fixture::new(5).await;
    let token = &fixture.token;
    let ask = async |target: &str, hosts: &str| {
        let request = format!("GET {target} HTTP/1.1\r\n{hosts}Authorization: Bearer {token}\r\n\r\n");
        let answer = fixture.tenant.ask(request.as_bytes()).await.unwrap();
        (answer.0, String::from_utf8(answer.1).unwrap())
    };
    let path = "/odata/v2/User('sfapi')?$format=json";
    for (target, hosts, expected) in [
        (path.to_owned(), "", 400),
        (path.to_owned(), "Host: localhost\r\n", 200),
        (path.to_owned(), "Host: localhost\r\nHost: evil.example\r\n", 421),
        (path.to_owned(), "Host: evil.example\r\nHost: localhost\r\n", 421),
        (format!("http://evil.example{path}"), "Host: localhost\r\n", 421),
        (format!("http://localhost:7{path}"), "Host: evil.example\r\n", 421),
        (format!("http://user@localhost{path}"), "Host: localhost\r\n", 421),
    ] {
        assert_eq!(ask(&target, hosts).await.0, expected, "{target} {hosts}");
    }
    let (_, text) = ask(&format!("http://localhost:7{path}"), "Host: 127.0.0.1\r\n").await;
    assert!(text.contains("\"http://localhost:7/odata/v2/User('sfapi')\""), "{text}");
}

/// Where others than this machine reach the tenant, its control interface is shut, or wants its token.
#[tokio::test]
async fn control_interface_is_shut_to_other_machines() {
    let anywhere = || Options { listen: "0.0.0.0:0".parse().unwrap(), ..options(5) };
    let tenant = Sandbox::start(anywhere()).await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let status = async |tenant: &Sandbox, token: Option<&str>| {
        // What is announced is an address that is taken.
        let request = http.get(format!("{}/sandbox/status", tenant.base_url()));
        let request = match token {
            Some(token) => request.header("authorization", token),
            None => request,
        };
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(status(&tenant, None).await, 403);
    let access = format!("Bearer {}", tenant.access_token());
    assert_eq!(status(&tenant, Some(&access)).await, 403);
    let secret = "0123456789abcdef";
    for listen in ["0.0.0.0:0", "127.0.0.1:0"] {
        let listen = listen.parse().unwrap();
        let options = Options { listen, control_token: Some(secret.to_owned()), ..options(5) };
        let tenant = Sandbox::start(options).await.unwrap();
        for (token, expected) in [
            (None, 401),
            (Some("Bearer 0123456789abcdee"), 401),
            (Some("Basic 0123456789abcdef"), 401),
            (Some("Bearer 0123456789abcdef"), 200),
        ] {
            assert_eq!(status(&tenant, token).await, expected, "{listen} {token:?}");
        }
        // The tenant itself knows nothing of that token.
        let count = http.get(format!("{}/odata/v2/User/$count", tenant.base_url())).bearer_auth(secret);
        assert_eq!(count.send().await.unwrap().status(), 403);
    }
    for token in ["", "too short", "0123456789 abcdef"] {
        let options = Options { control_token: Some(token.to_owned()), ..options(5) };
        assert!(Sandbox::start(options).await.is_err());
    }
    for name in ["", "tenant.test:8080", "a b", "http://tenant.test"] {
        assert!(Sandbox::start(Options { host_names: vec![name.to_owned()], ..options(5) }).await.is_err());
    }
}

/// No answer allows a page of another origin to read it, and none can be asked to.
#[tokio::test]
async fn no_answer_has_a_header_for_other_origins() {
    let fixture = Fixture::new(5).await;
    let asked: Headers<'_> = &[("origin", "https://evil.example"), ("access-control-request-method", "POST")];
    for (method, path) in [
        ("GET", "/odata/v2/User"),
        ("OPTIONS", "/odata/v2/User"),
        ("OPTIONS", "/odata/v2/upsert"),
        ("OPTIONS", "/sandbox/token"),
        ("POST", "/oauth/token"),
        ("POST", "/sandbox/token"),
        ("GET", "/nowhere"),
    ] {
        let answer = send(&fixture, method, path, asked, "").await;
        let mut names = answer.headers.keys().map(reqwest::header::HeaderName::as_str);
        assert!(!names.any(|name| name.starts_with("access-control-")), "{method} {path}");
        assert!(method != "OPTIONS" || answer.status >= 400, "{path}: {}", answer.status);
    }
}
