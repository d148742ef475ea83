//! What the API user may see and do, and the ways to log on that are not OAuth.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use sandbox::{Access, Basic, LogonStanding, Options, Sandbox, StartError, Switches, Tls};
use serde_json::json;
use support::{Answer, Fixture, options, record};

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

async fn limited(access: Access) -> Fixture {
    Fixture::with(Options { access, ..options(200) }).await
}

/// docs/successfactors.md#missing-properties: fields that the role lacks are neither in the metadata nor in results,
/// and asking for them is COE0021.
#[tokio::test]
async fn hidden_fields_are_not_there() {
    let hidden_fields = names(&["User/email", "User/manager", "User/dateOfBirth"]);
    let fixture = limited(Access { hidden_fields, ..Access::default() }).await;
    for path in ["/odata/v2/$metadata", "/odata/v2/User/$metadata"] {
        let whole = fixture.raw(path).await.text;
        let from = whole.find("<EntityType Name=\"User\"").unwrap();
        let metadata = whole[from..].split("</EntityType>").next().unwrap();
        assert!(metadata.contains("Name=\"firstName\""));
        for name in ["email", "manager", "dateOfBirth"] {
            assert!(!metadata.contains(&format!("Name=\"{name}\"")), "{name} in {path}");
        }
    }
    let user = fixture.get("User('cmueller')", &[]).await.json()["d"].clone();
    assert_eq!(user["userId"], "cmueller");
    for name in ["email", "manager", "dateOfBirth"] {
        assert!(user.get(name).is_none(), "{name}");
    }
    for (option, value) in [
        ("$select", "userId,email"),
        ("$filter", "email eq 'x'"),
        ("$orderby", "dateOfBirth"),
        ("$expand", "manager"),
        ("$filter", "manager/userId eq 'x'"),
    ] {
        let answer = fixture.get("User", &[(option, value)]).await;
        assert_eq!((answer.status, answer.code()), (400, "COE_PROPERTY_NOT_FOUND".to_owned()), "{value}");
        assert!(answer.message().starts_with("[COE0021]Invalid property names: User/"), "{}", answer.text);
    }
    let answer = fixture.upsert_with("", &record("cmueller", &json!({"email": "x@y.example"}))).await;
    assert_eq!((answer.status, answer.code()), (400, "COE_PROPERTY_NOT_FOUND".to_owned()));
    let answer = fixture.get("User('cmueller')/manager", &[]).await;
    assert_eq!(answer.code(), "COE_PROPERTY_NOT_FOUND");
    assert!(fixture.tenant.user("cmueller").unwrap().contains_key("email"));
}

/// KBA 3589982: users outside of the target population.
#[tokio::test]
async fn population_limits_lists_keys_and_writes() {
    let population = Some("userId eq 'cmueller' or userId eq 'sfapi'".to_owned());
    let fixture = limited(Access { population: population.clone(), ..Access::default() }).await;
    assert_eq!(fixture.get("User", &[]).await.ids(), ["cmueller", "sfapi"]);
    assert_eq!(fixture.get("User/$count", &[]).await.text, "2");
    let answer = fixture.get("User('jsmith')", &[]).await;
    assert_eq!((answer.status, answer.code()), (403, "COE_GENERAL_FORBIDDEN".to_owned()));
    assert_eq!(answer.message(), "[COE0020]No permission! You don't have permission to view the user.");
    assert_eq!(fixture.get("User('nobody')", &[]).await.status, 404);
    let rows =
        json!([record("jsmith", &json!({"nickname": "a"})), record("cmueller", &json!({"nickname": "b"}))]);
    let written = fixture.upsert(&rows).await;
    assert!(written[0]["message"].as_str().unwrap().starts_with("NO_PERMISSIONS_EXCEPTION"));
    assert_eq!((&written[0]["httpCode"], &written[1]["status"]), (&500.into(), &"OK".into()));
    let switches = Switches { population_binds_writes: false, forbidden_status: 400, ..Switches::default() };
    let access = Access { population, ..Access::default() };
    let fixture = Fixture::with(Options { access, switches, ..options(200) }).await;
    assert_eq!(fixture.upsert(&rows).await[0]["status"], "OK");
    assert_eq!(fixture.get("User('jsmith')", &[]).await.status, 400);
}

/// A manager outside of the population is not shown where he is expanded.
#[tokio::test]
async fn population_limits_what_is_expanded() {
    let whole = Fixture::new(200).await;
    let all =
        whole.get("User", &[("$expand", "manager"), ("$select", "userId,manager/userId")]).await.results();
    let managed = all.iter().find(|user| user["manager"]["userId"].is_string()).unwrap();
    let (user, manager) =
        (managed["userId"].as_str().unwrap(), managed["manager"]["userId"].as_str().unwrap());
    let population = Some(format!("userId in '{user}','sfapi'"));
    let fixture = limited(Access { population, ..Access::default() }).await;
    let shown = fixture.get(&format!("User('{user}')"), &[("$expand", "manager")]).await.json();
    assert_eq!(shown["d"]["manager"], json!(null));
    assert_eq!(fixture.get(&format!("User('{user}')/manager"), &[]).await.status, 403);
    assert_eq!(fixture.get(&format!("User('{manager}')"), &[]).await.status, 403);
}

/// KBA 3589982 and 2160948: entity sets that the role lacks, and those that it may only read.
#[tokio::test]
async fn entities_are_denied_or_read_only() {
    let fixture = limited(Access { denied_entities: names(&["User"]), ..Access::default() }).await;
    for path in ["User", "User('cmueller')", "User/$count", "User/$metadata"] {
        let answer = fixture.get(path, &[]).await;
        let error = if path.ends_with("$metadata") {
            fixture.raw("/odata/v2/User/$metadata").await.status
        } else {
            answer.status
        };
        assert_eq!(error, 403, "{path}");
    }
    assert!(!fixture.raw("/odata/v2/$metadata").await.text.contains("EntityType Name=\"User\""));
    let body = record("cmueller", &json!({"nickname": "a"}));
    assert_eq!(fixture.upsert(&body).await[0]["status"], "ERROR");
    let fixture = limited(Access { read_only_entities: names(&["User"]), ..Access::default() }).await;
    assert_eq!(fixture.get("User('cmueller')", &[]).await.status, 200);
    let row = fixture.upsert(&body).await.remove(0);
    assert!(row["message"].as_str().unwrap().starts_with("NO_PERMISSIONS_EXCEPTION"));
}

#[tokio::test]
async fn impossible_rights_stop_the_start() {
    let wrong = [
        Access { hidden_fields: names(&["User/nothing"]), ..Access::default() },
        Access { hidden_fields: names(&["User/userId"]), ..Access::default() },
        Access { hidden_fields: names(&["email"]), ..Access::default() },
        Access { denied_entities: names(&["Nothing"]), ..Access::default() },
        Access { population: Some("userId eq".to_owned()), ..Access::default() },
    ];
    for access in wrong {
        let started = Sandbox::start(Options { access: access.clone(), ..options(5) }).await;
        assert!(matches!(started, Err(StartError::Option { option: "access", .. })), "{access:?}");
    }
}

async fn by_password(fixture: &Fixture, login: &str, password: &str) -> (u16, String) {
    let request = fixture.http.get(format!("{}/odata/v2/User/$count", fixture.tenant.base_url()));
    let request = request.basic_auth(login, Some(password)).header("accept", "application/json");
    let answer = Answer::of(request.send().await.unwrap()).await;
    let message = if answer.status == 200 { String::new() } else { answer.message() };
    (answer.status, message)
}

fn with_password(standing: LogonStanding) -> Access {
    Access { basic: Some(Basic { password: "Secret1".to_owned(), standing }), ..Access::default() }
}

/// docs/successfactors.md#basic-authentication, docs/successfactors.md#logon-errors: off unless switched on.
#[tokio::test]
async fn basic_is_off_by_default() {
    let fixture = Fixture::new(70).await;
    let (status, message) = by_password(&fixture, "sfapi@ACME", "Secret1").await;
    assert_eq!((status, &message[..9]), (403, "[LGN0010]"));
}

/// docs/successfactors.md#basic-authentication: login as userId or username, the company after the last `@`.
#[tokio::test]
async fn basic_takes_user_id_or_username_of_active_users() {
    let fixture = limited(with_password(LogonStanding::Good)).await;
    let user =
        record("who@acme.example", &json!({"username": "who.name", "status": "t", "password": "Passw0rd1"}));
    assert_eq!(fixture.upsert(&user).await[0]["status"], "OK");
    for (login, password, expected) in [
        ("sfapi@ACME", "Secret1", (200, "")),
        ("who@acme.example@ACME", "Passw0rd1", (200, "")),
        ("who.name@ACME", "Passw0rd1", (200, "")),
        (
            "sfapi@ACME",
            "wrong",
            (
                401,
                "[LGN0015]Authentication failed. You have entered an incorrect username or \
            password (status code = 4).",
            ),
        ),
        ("who.name@ACME", "Secret1", (401, "[LGN0015]Auth")),
        ("nobody@ACME", "Secret1", (401, "[LGN0015]Auth")),
        ("gone.1@ACME", "", (401, "[LGN0015]Auth")),
        ("@ACME", "", (401, "[LGN0015]Auth")),
        ("sfapi@acme", "Secret1", (403, "[LGN0008]Company [acme] not found.")),
        ("sfapi", "Secret1", (403, "[LGN0003]")),
    ] {
        let (status, message) = by_password(&fixture, login, password).await;
        assert_eq!(status, expected.0, "{login}: {message}");
        assert!(message.starts_with(expected.1), "{login}: {message}");
    }
}

/// KBA 3667426 (19), 3336550 (13), 2161058 (8), 3350811 (single sign-on).
#[tokio::test]
async fn basic_tells_how_the_user_stands() {
    for (standing, expected) in [
        (
            LogonStanding::Expired,
            "[LGN0018]Authentication failed. Your password has expired (status code = 19).",
        ),
        (
            LogonStanding::Locked,
            "[LGN0015]Authentication failed. Your user account is locked (status code = 13).",
        ),
        (
            LogonStanding::AddressDenied,
            "[LGN0015]Attempted login from unauthorized ip: 127.0.0.1 (status code = 8).",
        ),
        (
            LogonStanding::SingleSignOn,
            "[LGN0015]Authentication failed. You have entered an incorrect username or \
            password (status code = 4).",
        ),
    ] {
        let fixture = limited(with_password(standing)).await;
        assert_eq!(by_password(&fixture, "sfapi@ACME", "Secret1").await, (401, expected.to_owned()));
    }
    // An expired password is told even if it is wrong (KBA 3667426).
    let fixture = limited(with_password(LogonStanding::Expired)).await;
    assert!(by_password(&fixture, "sfapi@ACME", "wrong").await.1.starts_with("[LGN0018]"));
}

/// docs/successfactors.md#logon-errors: 403 in the list of 2017, 401 in captures of 2026.
#[tokio::test]
async fn status_of_missing_credentials_is_switchable() {
    for status in [401, 403] {
        let switches = Switches { missing_credentials_status: status, ..Switches::default() };
        let fixture = Fixture::with(Options { switches, ..options(5) }).await;
        let request = fixture.http.get(format!("{}/odata/v2/User", fixture.tenant.base_url()));
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.status, status);
        assert!(answer.text.contains("[LGN0003]"));
    }
}

fn client(tenant: &Sandbox, identity: Option<&str>) -> reqwest::Client {
    let authority = reqwest::Certificate::from_pem(tenant.tls().unwrap().authority_pem.as_bytes()).unwrap();
    let builder = reqwest::Client::builder().no_proxy().tls_certs_only([authority]);
    let builder = match identity {
        Some(pem) => builder.identity(reqwest::Identity::from_pem(pem.as_bytes()).unwrap()),
        None => builder,
    };
    builder.build().unwrap()
}

fn identity(tenant: &Sandbox) -> String {
    let tls = tenant.tls().unwrap();
    format!("{}{}", tls.client_key_pem.as_ref().unwrap(), tls.client_certificate_pem)
}

async fn count(tenant: &Sandbox, client: &reqwest::Client, company: &str) -> Answer {
    let request = client.get(format!("{}/odata/v2/User/$count", tenant.tls().unwrap().base_url));
    Answer::of(request.header("successfactors-companyid", company).send().await.unwrap()).await
}

/// docs/successfactors.md#client-certificates, KBA 3333286 and 3505973: the certificate and the company's name log on;
/// without either the answer is that of the authentication service.
#[tokio::test]
async fn certificate_and_company_log_on_over_mutual_tls() {
    let tls = || Options { tls: Some(Tls::default()), ..options(70) };
    let tenant = Sandbox::start(tls()).await.unwrap();
    let other = Sandbox::start(tls()).await.unwrap();
    let known = client(&tenant, Some(&identity(&tenant)));
    assert_eq!(count(&tenant, &known, "ACME").await.status, 200);
    let stranger = client(&tenant, Some(&identity(&other)));
    let anonymous = client(&tenant, None);
    for (client, company) in [(&known, "acme"), (&known, ""), (&stranger, "ACME"), (&anonymous, "ACME")] {
        let answer = count(&tenant, client, company).await;
        let expected = json!({"error": {"code": "AuthenticationFailed",
            "message": "Authentication service failed to return token.",
            "details": "[AUTH0032]Invalid client certificate"}});
        assert_eq!((answer.status, answer.json()), (401, expected));
    }
    assert!(client(&other, None).get(&tenant.tls().unwrap().base_url).send().await.is_err());
    // Addresses in answers are those of the port that was asked.
    let request =
        known.get(format!("{}/odata/v2/User('cmueller')?$format=json", tenant.tls().unwrap().base_url));
    let answer = Answer::of(request.header("successfactors-companyid", "ACME").send().await.unwrap()).await;
    let uri = answer.json()["d"]["__metadata"]["uri"].as_str().unwrap().to_owned();
    assert_eq!(uri, format!("{}/odata/v2/User('cmueller')", tenant.tls().unwrap().base_url));
    tenant.stop().await;
}

/// A certificate of one's own can be registered.
#[tokio::test]
async fn registered_certificate_is_taken() {
    let other = Sandbox::start(Options { tls: Some(Tls::default()), ..options(5) }).await.unwrap();
    let pem = other.tls().unwrap().client_certificate_pem.clone();
    let tls = Some(Tls { client_certificate_pem: Some(pem), ..Tls::default() });
    let tenant = Sandbox::start(Options { tls, ..options(5) }).await.unwrap();
    assert_eq!(tenant.tls().unwrap().client_key_pem, None);
    let client = client(&tenant, Some(&identity(&other)));
    assert_eq!(count(&tenant, &client, "ACME").await.status, 200);
    let tls = Some(Tls { client_certificate_pem: Some("nonsense".to_owned()), ..Tls::default() });
    assert!(matches!(Sandbox::start(Options { tls, ..options(5) }).await, Err(StartError::Key(_))));
}
