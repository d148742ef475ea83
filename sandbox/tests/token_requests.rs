//! Token requests in the forms that sources disagree about, or that clients get wrong.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use sandbox::{Options, Sandbox, Switches};
use support::{Assertion, options, token, token_with};

async fn start(options: Options) -> (Sandbox, reqwest::Client) {
    (Sandbox::start(options).await.unwrap(), reqwest::Client::builder().no_proxy().build().unwrap())
}

/// A signed assertion in base64 that has one of some letters.
fn encoded(tenant: &Sandbox, letters: &[char]) -> String {
    let texts = (0..200).map(|count| {
        let mut assertion = Assertion::new(tenant);
        assertion.not_on_or_after += TimeDelta::seconds(count);
        STANDARD.encode(assertion.signed(tenant.private_key_pem()))
    });
    texts.into_iter().find(|text| text.contains(letters)).unwrap()
}

/// docs/successfactors.md#token-request: RFC 7522 says base64url, every client sends standard base64.
#[tokio::test]
async fn base64url_is_taken_where_switched_on() {
    for (switch, expected) in [(false, 401), (true, 200)] {
        let switches = Switches { accept_base64url: switch, ..Switches::default() };
        let (tenant, http) = start(Options { switches, ..options(5) }).await;
        let signed = encoded(&tenant, &['+', '/']);
        let for_urls = signed.replace('+', "-").replace('/', "_").replace('=', "");
        let answer = token_with(&http, &tenant, &[("assertion", &for_urls)]).await;
        assert_eq!(answer.status, expected, "{}", answer.text);
    }
}

/// A client in wide use does not percent-encode plus signs, and sends a header `Authorization: none` besides
/// (data-integrations/successfactors-plugins, `SuccessFactorsAccessToken.java`), so that blanks are read as them.
/// By the book the signature fails (docs/successfactors.md#token-request), which is the other position of the switch.
#[tokio::test]
async fn unescaped_plus_signs_break_an_assertion() {
    for (blanks_are_plus, expected) in [(true, 200), (false, 401)] {
        let switches = Switches { blanks_are_plus, ..Switches::default() };
        plus_signs(Options { switches, ..options(5) }, expected).await;
    }
}

async fn plus_signs(options: Options, bare: u16) {
    let (tenant, http) = start(options).await;
    let signed = encoded(&tenant, &['+']);
    let form = |assertion: &str| {
        let grant = "urn:ietf:params:oauth:grant-type:saml2-bearer";
        let (company, client) = (tenant.company_id(), tenant.client_id());
        format!("company_id={company}&client_id={client}&grant_type={grant}&assertion={assertion}")
    };
    for (assertion, expected) in [(signed.clone(), bare), (signed.replace('+', "%2B"), 200)] {
        let request = http.post(format!("{}/oauth/token", tenant.base_url()));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("authorization", "none");
        let answer = request.body(form(&assertion)).send().await.unwrap();
        assert_eq!(answer.status(), expected);
    }
}

/// docs/successfactors.md#refused-tokens: what no source tells is a switch; what one tells stays 401.
#[tokio::test]
async fn unconfirmed_refusals_have_the_status_of_the_switch() {
    let switches = Switches { token_refused_status: 400, ..Switches::default() };
    let (tenant, http) = start(Options { switches, ..options(5) }).await;
    let mut late = Assertion::new(&tenant);
    late.not_on_or_after = late.not_before;
    let answer = token(&http, &tenant, &late.signed(tenant.private_key_pem())).await;
    assert_eq!((answer.status, answer.json()["errorHttpCode"].as_str()), (400, Some("400")));
    let answer = token(&http, &tenant, &Assertion::new(&tenant).template()).await;
    assert_eq!((answer.status, answer.json()["errorHttpCode"].as_str()), (401, Some("401")));
}
