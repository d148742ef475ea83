//! Function imports (docs/successfactors.md#function-imports) and the sessions that some of them are about
//! (docs/successfactors.md#sessions-and-cookies).

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use roxmltree::Document;
use sandbox::{Access, FixedClock, Options, Switches};
use serde_json::{Value, json};
use support::{Answer, Fixture, options};

/// docs/successfactors.md#function-imports: names, methods, parameters and types.
#[tokio::test]
async fn metadata_declares_the_functions() {
    let fixture = Fixture::new(5).await;
    let text = fixture.raw("/odata/v2/$metadata").await.text;
    let document = Document::parse(&text).unwrap();
    let of = |name: &str| {
        document
            .descendants()
            .find(|node| node.tag_name().name() == "FunctionImport" && node.attribute("Name") == Some(name))
            .unwrap()
    };
    let parameters: Vec<(&str, &str)> = of("checkUserPermission")
        .children()
        .map(|node| (node.attribute("Name").unwrap(), node.attribute("Type").unwrap()))
        .collect();
    assert_eq!(parameters.len(), 7);
    assert_eq!(parameters[3], ("permLongValue", "Edm.Int64"));
    for (name, returns) in [
        ("isValidSession", Some("Edm.Boolean")),
        ("getPasswordPolicy", Some("Edm.String")),
        ("logout", None),
        ("refreshMetadata", None),
        ("getUserNameFormat", Some("Edm.String")),
    ] {
        assert_eq!(of(name).attribute("ReturnType"), returns, "{name}");
    }
}

/// docs/successfactors.md#function-imports: a primitive stands under the function's name, or bare where switched on.
#[tokio::test]
async fn primitives_stand_under_the_functions_name() {
    let fixture = Fixture::new(70).await;
    let policy = fixture.get("getPasswordPolicy", &[("locale", "'en_US'")]).await.json();
    let inside: Value = serde_json::from_str(policy["d"]["getPasswordPolicy"].as_str().unwrap()).unwrap();
    assert_eq!(inside["minLength"], 8);
    let format = fixture.get("getUserNameFormat", &[("locale", "'en_US'")]).await.json();
    assert!(format["d"]["getUserNameFormat"].is_string());
    let xml = fixture.raw("/odata/v2/isValidSession").await.text;
    assert!(xml.ends_with("<isValidSession xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices\">true</isValidSession>"));
    let switches = Switches { function_primitives_are_bare: true, ..Switches::default() };
    let fixture = Fixture::with(Options { switches, ..options(70) }).await;
    assert_eq!(fixture.get("isValidSession", &[]).await.json(), json!({"d": true}));
}

/// docs/successfactors.md#function-imports: nothing is returned, and only the declared method works.
#[tokio::test]
async fn functions_without_a_result_answer_nothing() {
    let fixture = Fixture::new(5).await;
    for name in ["refreshMetadata", "logout"] {
        let answer = fixture.get(name, &[]).await;
        assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    }
    let request = fixture.http.post(format!("{}/odata/v2/logout", fixture.tenant.base_url()));
    let answer = Answer::of(
        request.bearer_auth(&fixture.token).header("accept", "application/json").send().await.unwrap(),
    )
    .await;
    assert_eq!((answer.status, answer.code()), (400, "BadRequestException".to_owned()));
    assert_eq!(fixture.get("getNothing", &[]).await.code(), "COE_ENTITY_NOT_FOUND");
}

/// docs/successfactors.md#function-imports: the API user may everything in its population; inactive users need their
/// flag.
#[tokio::test]
async fn permissions_are_those_of_the_access_options() {
    let access = Access { population: Some("userId ne 'jsmith'".to_owned()), ..Access::default() };
    let fixture = Fixture::with(Options { access, ..options(70) }).await;
    let check = async |who: &str, target: &str, inactive: &str| {
        let (who, target) = (format!("'{who}'"), format!("'{target}'"));
        let arguments = [
            ("accessUserId", who.as_str()),
            ("permType", "'user'"),
            ("permLongValue", "-1l"),
            ("targetUserId", target.as_str()),
            ("includeInactiveUser", inactive),
        ];
        fixture.get("checkUserPermission", &arguments).await.json()["d"]["checkUserPermission"].clone()
    };
    assert_eq!(check("sfapi", "cmueller", "false").await, true);
    assert_eq!(check("sfapi", "jsmith", "false").await, false);
    assert_eq!(check("sfapi", "gone.1", "false").await, false);
    assert_eq!(check("sfapi", "gone.1", "true").await, true);
    assert_eq!(check("cmueller", "cmueller", "false").await, true);
    assert_eq!(check("cmueller", "wang.xm", "false").await, false);
    assert_eq!(check("nobody", "cmueller", "false").await, false);
    for wrong in [
        vec![],
        vec![("accessUserId", "'a'"), ("permType", "'b'"), ("permLongValue", "x")],
        vec![("accessUserId", "'a'"), ("permType", "'b'"), ("includeInactiveUser", "maybe")],
    ] {
        assert_eq!(fixture.get("checkUserPermission", &wrong).await.code(), "COE_GENERAL_BAD_REQUEST");
    }
}

/// docs/successfactors.md#sessions-and-cookies: a session is two cookies and a token; it ends by `logout` and after ten
/// minutes (KBA 3308167), and a token that was fetched on a GET lets a write pass.
#[tokio::test]
async fn sessions_end_by_logout_and_in_time() {
    let clock = Arc::new(FixedClock::new(Utc::now()));
    let fixture = Fixture::with(Options { clock: clock.clone(), ..options(70) }).await;
    let begin = async || {
        let answer = fixture.get("User/$count", &[]).await;
        let cookies: Vec<String> = answer
            .headers
            .get_all("set-cookie")
            .iter()
            .map(|one| one.to_str().unwrap().split(';').next().unwrap().to_owned())
            .collect();
        assert_eq!(cookies.len(), 2);
        cookies.join("; ")
    };
    let ask = async |path: &'static str, cookies: &str| {
        let url = format!("{}/odata/v2/{path}", fixture.tenant.base_url());
        let request = fixture.http.get(url).bearer_auth(&fixture.token).header("accept", "application/json");
        Answer::of(request.header("cookie", cookies).send().await.unwrap()).await
    };
    let alive =
        async |cookies: &str| ask("isValidSession", cookies).await.json()["d"]["isValidSession"] == true;
    let cookies = begin().await;
    assert!(alive(&cookies).await);
    assert_eq!(ask("User/$count", &cookies).await.header("set-cookie"), "");
    assert_eq!(ask("logout", &cookies).await.status, 204);
    assert!(!alive(&cookies).await);
    assert!(ask("User/$count", &cookies).await.header("set-cookie").starts_with("JSESSIONID="));
    let cookies = begin().await;
    for _ in 0..3 {
        clock.advance(TimeDelta::minutes(9));
        assert!(alive(&cookies).await);
    }
    clock.advance(TimeDelta::minutes(10));
    assert!(!alive(&cookies).await);
    assert!(!alive("JSESSIONID=made-up").await);
}
