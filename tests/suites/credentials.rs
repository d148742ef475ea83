//! What requests may bring of a connection: a closed list of keys, to hosts that the operator allows, and never in
//! the name of somebody else with the secret of the configuration.

use std::sync::Arc;

use connector_core::operation::GetRequest;
use connector_core::{Connector, Context, Credentials, Error, ErrorKind, Provider, Result};
use connector_sfsf::SuccessFactorsProvider;
use rsa::pkcs8::pkcs5::pbes2::Parameters;
use rsa::pkcs8::{LineEnding, PrivateKeyInfo, SecretDocument};
use sandbox::Options;
use serde_json::{Value as Json, json};
use tests::Tenant;

/// What a request may bring.
const LIST: [&str; 14] = [
    "url",
    "company_id",
    "username",
    "client_id",
    "token_url",
    "grant_type",
    "private_key",
    "private_key_passphrase",
    "assertion",
    "access_token",
    "name_id",
    "issuer",
    "audience",
    "certificate",
];
/// A value that must not come back.
const CANARY: &str = "Canary-7Q";

fn credentials(keys: &Json) -> Credentials {
    let keys = keys.as_object().unwrap().iter();
    Credentials(keys.map(|(key, value)| (key.clone(), value.as_str().unwrap().into())).collect())
}

async fn ask(connector: &dyn Connector, keys: &Json) -> Result<()> {
    let context = Context::new().with_credentials(Some(credentials(keys)));
    connector.get(&context, &GetRequest::new("User", "sfapi")).await.map(drop)
}

/// The refusal of these keys, before any tenant is asked for anything.
async fn refused(connector: &dyn Connector, keys: &Json, tenants: &[&Tenant]) -> Error {
    for tenant in tenants {
        tenant.sandbox.clear_requests();
    }
    let error = ask(connector, keys).await.expect_err(&format!("nobody refused {keys}"));
    for tenant in tenants {
        assert!(tenant.sandbox.requests().is_empty(), "something was sent for {keys}");
    }
    assert!(!error.to_string().contains(CANARY), "{error}");
    error
}

async fn other() -> Tenant {
    Tenant::start(Options { people: 2, seed: 2, ..Options::default() }).await
}

/// All that a connection to a tenant takes.
fn connection(tenant: &Tenant) -> Json {
    let sandbox = &tenant.sandbox;
    json!({"url": sandbox.base_url(), "company_id": sandbox.company_id(), "username": sandbox.user_id(),
        "client_id": sandbox.client_id(), "private_key": sandbox.private_key_pem()})
}

fn with(keys: &Json, changes: &Json) -> Json {
    let mut keys = keys.as_object().unwrap().clone();
    keys.extend(changes.as_object().unwrap().clone());
    keys.into()
}

#[tokio::test]
async fn a_request_brings_nothing_that_is_not_on_the_list_and_nothing_is_opened_for_it() {
    let tenant = Tenant::with_people(2).await;
    let manifest = tenant.connector.manifest();
    let keys = manifest.configuration.iter().map(|property| property.name.as_str());
    let keys: Vec<_> =
        keys.filter(|key| !LIST.contains(key)).chain(["nonsense", "PROXY", "Ca_File"]).collect();
    assert!(keys.contains(&"access_token_env") && keys.contains(&"ca_file") && keys.contains(&"proxy"));
    for key in keys {
        // A secret of its own opens no door.
        let error =
            refused(&tenant.connector, &json!({key: CANARY, "access_token": CANARY}), &[&tenant]).await;
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{key}: {error}");
        assert!(error.to_string().to_lowercase().contains(&key.to_lowercase()), "{key}: {error}");
    }
}

#[tokio::test]
async fn every_key_that_is_refused_is_named_at_once() {
    let tenant = Tenant::with_people(2).await;
    let keys = json!({"private_key_file": CANARY, "private_key_env": CANARY, "page_size": "1"});
    let error = refused(&tenant.connector, &keys, &[&tenant]).await;
    for key in ["private_key_file", "private_key_env", "page_size"] {
        assert!(error.to_string().contains(key), "{error}");
    }
}

#[tokio::test]
async fn a_certificate_of_a_request_is_a_text_and_never_the_name_of_a_file() {
    let tenant = Tenant::with_people(2).await;
    for name in ["/etc/hostname", "/nowhere/Canary-7Q"] {
        let keys = with(&connection(&tenant), &json!({"certificate": name}));
        let error = refused(&tenant.connector, &keys, &[&tenant]).await;
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert!(error.to_string().contains("certificate"), "{error}");
    }
    let own = json!({"certificate": tenant.sandbox.certificate_pem()});
    assert!(ask(&tenant.connector, &with(&connection(&tenant), &own)).await.is_ok());
}

/// Somebody else, in each way in which one can be.
fn others() -> Vec<(&'static str, &'static str)> {
    vec![
        ("username", "100010"),
        ("username", "SFAPI"),
        ("USERNAME", "100010"),
        ("company_id", "OTHER"),
        ("client_id", "another"),
        ("name_id", "email"),
        ("issuer", "another"),
        ("audience", "another"),
    ]
}

#[tokio::test]
async fn the_configured_secret_serves_nobody_else_whatever_it_is_and_wherever_it_comes_from() {
    let tenant = Tenant::with_people(2).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, tenant.sandbox.private_key_pem()).unwrap();
    let (token, assertion) = (tenant.sandbox.access_token(), tenant.connector.assertion().unwrap());
    let none = json!({"private_key": null});
    for secret in [
        json!({}),
        with(&none, &json!({"private_key_file": file})),
        with(&none, &json!({"access_token": token})),
        json!({"access_token": token}),
        with(&none, &json!({"access_token": token, "username": null, "company_id": null, "client_id": null})),
        with(&none, &json!({"access_token_env": "CARGO_PKG_NAME"})),
        with(&none, &json!({"assertion": assertion})),
    ] {
        let connector = tenant.with_keys(secret.clone());
        for (key, value) in others() {
            let error = refused(&connector, &json!({key: value}), &[&tenant]).await;
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{key} {secret}: {error}");
            assert!(error.to_string().contains(&key.to_lowercase()), "{key} {secret}: {error}");
            // Blank is the same as absent.
            let blank = json!({key: value, "private_key": " ", "access_token": "", "assertion": "\n"});
            let error = refused(&connector, &blank, &[&tenant]).await;
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{key} {secret}: {error}");
        }
    }
}

#[tokio::test]
async fn who_is_named_as_in_the_configuration_is_nobody_else() {
    let tenant = Tenant::with_people(2).await;
    let url = tenant.sandbox.base_url().to_string();
    let url = url.trim_end_matches('/');
    for same in [
        json!({}),
        json!({"url": format!("{url}/odata/v2/")}),
        json!({"url": url.to_uppercase().replace("HTTP", "http")}),
        json!({"url": format!(" {url}/ "), "token_url": format!("{url}/oauth/token"), "username": tenant.sandbox.user_id()}),
        json!({"token_url": format!("{url}/oauth/token/")}),
        json!({"name_id": "USER_ID", "audience": "www.successfactors.com", "issuer": tenant.sandbox.client_id()}),
        json!({"username": "", "certificate": " "}),
        json!({"grant_type": "urn:ietf:params:oauth:grant-type:saml2-bearer"}),
    ] {
        ask(&tenant.connector, &same).await.unwrap_or_else(|error| panic!("{same}: {error}"));
    }
    assert_eq!(tenant.requests("/oauth/token"), 1, "it is the session of the configuration");
}

#[tokio::test]
async fn a_key_that_is_given_twice_in_another_case_is_refused() {
    let tenant = Tenant::with_people(2).await;
    let keys = json!({"username": tenant.sandbox.user_id(), "UserName": "100010"});
    let error = refused(&tenant.connector, &keys, &[&tenant]).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("username"), "{error}");
}

#[tokio::test]
async fn secrets_of_a_request_and_of_the_configuration_do_not_mix() {
    let (tenant, stranger) = (Tenant::with_people(2).await, other().await);
    let token = tenant.sandbox.access_token();
    // A configured token does not go before the key that the request brings.
    let by_token = tenant.with_keys(json!({"access_token": token}));
    let wrong = json!({"private_key": stranger.sandbox.private_key_pem()});
    assert_eq!(ask(&by_token, &wrong).await.unwrap_err().kind(), ErrorKind::ServiceAuth);
    assert_eq!(tenant.requests("/oauth/token"), 1);
    // Nor does a configured assertion.
    let assertion = tenant.connector.assertion().unwrap();
    let by_assertion = tenant.with_keys(json!({"private_key": null, "assertion": assertion}));
    assert_eq!(ask(&by_assertion, &wrong).await.unwrap_err().kind(), ErrorKind::ServiceAuth);
    // A passphrase belongs to the key beside it.
    let error = refused(&tenant.connector, &json!({"private_key_passphrase": CANARY}), &[&tenant]).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("private_key_passphrase"), "{error}");
}

#[tokio::test]
async fn a_listed_user_is_served_with_the_configured_key_and_in_no_other_respect_somebody_else() {
    let tenant = Tenant::with_people(30).await;
    let people = tenant.import().await.unwrap().objects;
    let active =
        |person: &&connector_core::object::ConnectorObject| person.first("status") == Some(&"t".into());
    let listed =
        people.iter().filter(active).find(|person| person.uid.as_str() != "sfapi").unwrap().uid.as_str();
    for users in [json!([listed, "x"]), json!(format!("x, {listed}"))] {
        let connector = tenant.with_keys(json!({"allow_users": users}));
        let issued = tenant.requests("/oauth/token");
        let told = ask(&connector, &json!({"username": listed})).await;
        assert!(
            told.as_ref().err().is_none_or(|error| error.kind() == ErrorKind::PermissionDenied),
            "{told:?}"
        );
        assert_eq!(tenant.requests("/oauth/token"), issued + 1, "a token of the listed user");
        for somebody_else in [
            json!({"username": "100010x"}),
            json!({"username": listed, "name_id": "email"}),
            json!({"username": listed, "client_id": "another"}),
            json!({"username": listed, "company_id": "OTHER"}),
        ] {
            let error = refused(&connector, &somebody_else, &[&tenant]).await;
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{somebody_else}: {error}");
        }
    }
}

#[test]
fn a_list_of_users_goes_with_a_key_since_a_token_is_of_one_user() {
    let open = |secret: Json| {
        let keys = json!({"url": "https://api4.successfactors.com", "company_id": "A", "client_id": "c", "username": "u",
            "allow_users": ["x"]});
        SuccessFactorsProvider.open(with(&keys, &secret).as_object().unwrap().clone()).map(drop)
    };
    for secret in [json!({"access_token": "t"}), json!({"assertion": "<a/>"})] {
        let error = open(secret).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("allow_users"), "{error}");
    }
}

#[tokio::test]
async fn a_host_that_the_operator_does_not_allow_is_asked_for_nothing() {
    let (here, there) = (Tenant::with_people(5).await, other().await);
    let elsewhere = there.sandbox.base_url().to_string();
    let own = connection(&there);
    let port = here.sandbox.address().port();
    for moved in [
        own.clone(),
        json!({"url": elsewhere, "access_token": CANARY}),
        json!({"token_url": format!("{elsewhere}/oauth/token"), "private_key": there.sandbox.private_key_pem()}),
        json!({"token_url": format!("{elsewhere}/oauth/token"), "assertion": "<a/>"}),
        json!({"url": "https://attacker.example", "access_token": CANARY}),
        // Another scheme, and another name of this machine.
        json!({"url": format!("https://127.0.0.1:{port}"), "access_token": CANARY}),
        json!({"url": format!("http://localhost:{port}"), "access_token": CANARY}),
    ] {
        let error = refused(&here.connector, &moved, &[&here, &there]).await;
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{moved}: {error}");
        assert!(error.to_string().contains("allow_hosts"), "{moved}: {error}");
    }
    let open = here.with_keys(json!({"allow_hosts": [elsewhere]}));
    assert!(ask(&open, &own).await.is_ok());
    assert!(
        ask(&open, &json!({"url": here.sandbox.base_url()})).await.is_ok(),
        "the configured one stays allowed"
    );
    // An allowed host is no reason to hand out a secret.
    let error = refused(&open, &json!({"url": elsewhere}), &[&here, &there]).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn hosts_are_compared_with_scheme_and_port_and_wrong_ones_are_named() {
    let tenant = Tenant::with_people(2).await;
    let open = |hosts: Json| {
        let mut keys = tests::keys(&tenant.sandbox);
        keys.insert("allow_hosts".into(), hosts);
        SuccessFactorsProvider.open(keys)
    };
    let named =
        json!({"url": "https://TENANT.invalid:443/odata/v2", "access_token": CANARY, "grant_type": ""});
    for hosts in [json!("https://tenant.invalid"), json!(["https://Tenant.INVALID:443/"])] {
        let connector = open(hosts).unwrap();
        let error = ask(&*connector, &named).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionFailed, "{error}");
    }
    let connector = open(json!("https://tenant.invalid:8443, https://invalid")).unwrap();
    assert_eq!(ask(&*connector, &named).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    for wrong in [
        "tenant.invalid",
        "ftp://tenant.invalid",
        "http://tenant.invalid",
        "https://tenant.invalid/path",
        "https://u:Canary-7Q@tenant.invalid",
        "*",
    ] {
        let error = open(json!([wrong])).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("allow_hosts") && !error.to_string().contains(CANARY), "{error}");
    }
}

#[tokio::test]
async fn without_a_connection_of_its_own_requests_bring_all_of_it_to_hosts_that_are_given() {
    let (tenant, stranger) = (Tenant::with_people(5).await, other().await);
    let keys = json!({"allow_hosts": tenant.sandbox.base_url(), "page_size": 2});
    let connector: Arc<dyn Connector> =
        SuccessFactorsProvider.open(keys.as_object().unwrap().clone()).unwrap();
    assert!(ask(&*connector, &connection(&tenant)).await.is_ok());
    let error = refused(&*connector, &connection(&stranger), &[&tenant, &stranger]).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    let token_elsewhere = json!({"token_url": format!("{}/oauth/token", stranger.sandbox.base_url())});
    let error =
        refused(&*connector, &with(&connection(&tenant), &token_elsewhere), &[&tenant, &stranger]).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    let error =
        refused(&*connector, &with(&connection(&tenant), &json!({"ca_file": CANARY})), &[&tenant]).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    let error = connector.test(&Context::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    let mut incomplete = connection(&tenant);
    incomplete.as_object_mut().unwrap().remove("private_key");
    let error = refused(&*connector, &incomplete, &[&tenant]).await;
    assert!(error.to_string().contains("private_key"), "{error}");
}

#[test]
fn without_a_connection_and_without_hosts_there_is_nothing_to_do() {
    let open =
        |keys: Json| SuccessFactorsProvider.open(keys.as_object().unwrap().clone()).map(drop).unwrap_err();
    for keys in
        [json!({}), json!({"page_size": 5}), json!({"allow_hosts": "https://a.example", "username": "u"})]
    {
        assert!(open(keys).to_string().contains("url"));
    }
    let wrong =
        open(json!({"allow_hosts": "https://a.example", "page_size": 0, "proxy": "htpp://x"})).to_string();
    assert!(wrong.contains("page_size") && wrong.contains("proxy"), "{wrong}");
}

#[tokio::test]
async fn a_value_that_no_connection_has_is_refused_unread() {
    let tenant = Tenant::with_people(2).await;
    let long = json!({"private_key": "A".repeat(100_000)});
    let error = refused(&tenant.connector, &long, &[&tenant]).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("private_key"), "{error}");
}

/// The key of a tenant, encrypted with so many rounds of PBKDF2.
fn encrypted(tenant: &Tenant, rounds: u32) -> String {
    let (_, key) = SecretDocument::from_pem(tenant.sandbox.private_key_pem()).unwrap();
    let scheme = Parameters::pbkdf2_sha256_aes256cbc(rounds, b"saltsalt", &[7; 16]).unwrap();
    let key = PrivateKeyInfo::try_from(key.as_bytes()).unwrap().encrypt_with_params(scheme, "p").unwrap();
    key.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap().to_string()
}

#[tokio::test]
async fn a_key_that_takes_too_much_to_decrypt_is_refused_and_any_other_one_is_used() {
    let tenant = Tenant::with_people(2).await;
    let keys = |rounds| json!({"private_key": encrypted(&tenant, rounds), "private_key_passphrase": "p"});
    assert!(ask(&tenant.connector, &keys(100_000)).await.is_ok());
    for error in [
        refused(&tenant.connector, &keys(1_000_001), &[&tenant]).await,
        SuccessFactorsProvider
            .open(serde_json::from_value(with(&connection(&tenant), &keys(1_000_001))).unwrap())
            .map(drop)
            .unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("1000001 rounds"), "{error}");
    }
}
