//! A small client for the tests. It signs its own assertions, written in canonical form by hand, so that
//! the sandbox's canonical form is checked against another one.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper fails the test that calls it")]

use std::sync::{Arc, LazyLock};

use aws_lc_rs::{digest, rand::SystemRandom, rsa::KeyPair, signature::RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use sandbox::{FixedClock, Options, Sandbox};
use serde_json::Value;

/// What an assertion says.
#[derive(Clone)]
pub struct Assertion {
    pub name_id: String,
    pub audience: String,
    pub recipient: String,
    pub not_before: DateTime<Utc>,
    pub not_on_or_after: DateTime<Utc>,
    pub attributes: Vec<(&'static str, &'static str)>,
}

impl Assertion {
    pub fn new(tenant: &Sandbox) -> Self {
        Self {
            name_id: tenant.user_id().to_owned(),
            audience: "www.successfactors.com".to_owned(),
            recipient: format!("{}/oauth/token", tenant.base_url()),
            not_before: Utc::now() - TimeDelta::minutes(5),
            not_on_or_after: Utc::now() + TimeDelta::minutes(10),
            attributes: Vec::new(),
        }
    }

    /// The document with a place for the signature after the issuer.
    fn parts(&self) -> (String, String) {
        let time = |time: DateTime<Utc>| time.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let head = format!(
            "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_1\" \
             IssueInstant=\"{}\" Version=\"2.0\"><saml2:Issuer>test &amp; co</saml2:Issuer>",
            time(self.not_before)
        );
        let attributes: String = self
            .attributes
            .iter()
            .map(|(name, value)| {
                format!(
                    "<saml2:Attribute Name=\"{name}\"><saml2:AttributeValue>{value}</saml2:AttributeValue>\
                     </saml2:Attribute>"
                )
            })
            .collect();
        let statement = if attributes.is_empty() {
            String::new()
        } else {
            format!("<saml2:AttributeStatement>{attributes}</saml2:AttributeStatement>")
        };
        let tail = format!(
            "<saml2:Subject><saml2:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified\">{}\
             </saml2:NameID><saml2:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
             <saml2:SubjectConfirmationData NotOnOrAfter=\"{}\" Recipient=\"{}\"></saml2:SubjectConfirmationData>\
             </saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore=\"{}\" NotOnOrAfter=\"{}\">\
             <saml2:AudienceRestriction><saml2:Audience>{}</saml2:Audience></saml2:AudienceRestriction>\
             </saml2:Conditions>{statement}</saml2:Assertion>",
            text(&self.name_id),
            time(self.not_on_or_after),
            self.recipient,
            time(self.not_before),
            time(self.not_on_or_after),
            self.audience
        );
        (head, tail)
    }

    /// The assertion without a signature, with a template that xmlsec1 can fill.
    pub fn template(&self) -> String {
        let (head, tail) = self.parts();
        format!("{head}{}{tail}", signature(&signed_info("", false), ""))
    }

    /// The signed assertion.
    pub fn signed(&self, private_key_pem: &str) -> String {
        let (head, tail) = self.parts();
        let digest = digest::digest(&digest::SHA256, format!("{head}{tail}").as_bytes());
        let digest = STANDARD.encode(digest);
        let value = sign(private_key_pem, signed_info(&digest, true).as_bytes());
        format!("{head}{}{tail}", signature(&signed_info(&digest, false), &value))
    }
}

fn signature(info: &str, value: &str) -> String {
    format!(
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{info}<ds:SignatureValue>{value}\
         </ds:SignatureValue></ds:Signature>"
    )
}

/// Inside the signature the namespace is declared outside; by itself the element declares it.
fn signed_info(digest: &str, alone: bool) -> String {
    let namespace = if alone { " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"" } else { "" };
    format!(
        "<ds:SignedInfo{namespace}><ds:CanonicalizationMethod \
         Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod><ds:SignatureMethod \
         Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"></ds:SignatureMethod>\
         <ds:Reference URI=\"#_1\"><ds:Transforms><ds:Transform \
         Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform><ds:Transform \
         Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform></ds:Transforms><ds:DigestMethod \
         Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod><ds:DigestValue>{digest}\
         </ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )
}

fn sign(pem: &str, message: &[u8]) -> String {
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let key = KeyPair::from_pkcs8(&STANDARD.decode(body).unwrap()).unwrap();
    let mut value = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut value).unwrap();
    STANDARD.encode(value)
}

/// A tenant with a client that is logged on.
pub struct Fixture {
    pub tenant: Sandbox,
    pub http: reqwest::Client,
    pub token: String,
}

/// A key for all tests: making one takes a second without optimization.
pub fn shared_key() -> String {
    static KEY: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    KEY.get_or_init(|| {
        use aws_lc_rs::encoding::AsDer as _;
        let key = KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'static> = key.as_der().unwrap();
        let text = STANDARD.encode(der.as_ref());
        let lines: Vec<&str> =
            text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
    })
    .clone()
}

/// A tenant of `people` people.
pub fn options(people: usize) -> Options {
    Options { people, private_key_pem: Some(shared_key()), ..Options::default() }
}

/// What an answer was.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The code of an OData error.
    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap().to_owned()
    }

    /// The text of an OData error.
    pub fn message(&self) -> String {
        self.json()["error"]["message"]["value"].as_str().unwrap().to_owned()
    }

    pub fn results(&self) -> Vec<Value> {
        self.json()["d"]["results"].as_array().unwrap_or_else(|| panic!("{}", self.text)).clone()
    }

    /// The `userId`s of a page.
    pub fn ids(&self) -> Vec<String> {
        self.results().iter().map(|user| user["userId"].as_str().unwrap().to_owned()).collect()
    }
}

/// When the tests began: the time of [`Fixture::standing`].
pub static BEGUN: LazyLock<DateTime<Utc>> = LazyLock::new(Utc::now);

impl Fixture {
    pub async fn new(people: usize) -> Self {
        Self::with(options(people)).await
    }

    /// One whose clock stands still, so that no midnight comes between two looks at it.
    pub async fn standing(people: usize) -> Self {
        Self::with(Options { clock: Arc::new(FixedClock::new(*BEGUN)), ..options(people) }).await
    }

    /// All rows of a set, page after page, whatever their order.
    pub async fn all(&self, set: &str, query: &[(&str, &str)]) -> Vec<Value> {
        let mut rows = Vec::new();
        loop {
            let skip = rows.len().to_string();
            let mut query = query.to_vec();
            query.push(("$skip", &skip));
            let answer = self.get(set, &query).await;
            assert_eq!(answer.status, 200, "{set} {query:?}: {}", answer.text);
            let page = answer.results();
            if page.is_empty() {
                return rows;
            }
            rows.extend(page);
        }
    }

    pub async fn with(options: Options) -> Self {
        let tenant = Sandbox::start(options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let assertion = Assertion::new(&tenant).signed(tenant.private_key_pem());
        let answer = token(&http, &tenant, &assertion).await;
        let token =
            answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("{}", answer.text)).to_owned();
        Self { tenant, http, token }
    }

    /// A GET below `/odata/v2/`, asking for JSON.
    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        let url =
            reqwest::Url::parse_with_params(&format!("{}/odata/v2/{path}", self.tenant.base_url()), query)
                .unwrap();
        let request = self.http.get(url).bearer_auth(&self.token).header("accept", "application/json");
        Answer::of(request.send().await.unwrap()).await
    }

    /// A GET of a path and query as they are.
    pub async fn raw(&self, path: &str) -> Answer {
        let request = self.http.get(format!("{}{path}", self.tenant.base_url())).bearer_auth(&self.token);
        Answer::of(request.send().await.unwrap()).await
    }

    /// The people that a filter finds, by userId.
    pub async fn find(&self, filter: &str) -> Vec<String> {
        let answer = self.get("User", &[("$filter", filter), ("$select", "userId")]).await;
        assert_eq!(answer.status, 200, "{filter}: {}", answer.text);
        answer.ids()
    }

    /// An upsert with parameters.
    pub async fn upsert_with(&self, parameters: &str, body: &Value) -> Answer {
        let url = format!("{}/odata/v2/upsert?$format=json{parameters}", self.tenant.base_url());
        let request = self.http.post(url).bearer_auth(&self.token);
        let request = request.header("content-type", "application/json").body(body.to_string());
        Answer::of(request.send().await.unwrap()).await
    }

    /// An upsert's results.
    pub async fn upsert(&self, body: &Value) -> Vec<Value> {
        let answer = self.upsert_with("", body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["d"].as_array().unwrap().clone()
    }
}

/// A token request.
pub async fn token(http: &reqwest::Client, tenant: &Sandbox, assertion: &str) -> Answer {
    token_with(http, tenant, &[("assertion", &STANDARD.encode(assertion))]).await
}

/// A token request with some parameters replaced or added.
pub async fn token_with(http: &reqwest::Client, tenant: &Sandbox, changes: &[(&str, &str)]) -> Answer {
    let mut form = vec![
        ("company_id", tenant.company_id()),
        ("client_id", tenant.client_id()),
        ("grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer"),
    ];
    for (name, value) in changes {
        form.retain(|(other, _)| other != name);
        if !value.is_empty() {
            form.push((name, value));
        }
    }
    let request = http.post(format!("{}/oauth/token", tenant.base_url())).form(&form);
    Answer::of(request.send().await.unwrap()).await
}

/// A record for an upsert.
pub fn record(user_id: &str, fields: &Value) -> Value {
    let mut record =
        serde_json::json!({"__metadata": {"uri": format!("User('{user_id}')"), "type": "SFOData.User"}});
    for (name, value) in fields.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

/// A day in the milliseconds of `/Date(…)/`.
pub const DAY: i64 = 86_400_000;

/// The text of a field, empty if it has none.
pub fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

/// The milliseconds of a `/Date(…)/`.
pub fn millis(row: &Value, name: &str) -> Option<i64> {
    let inner = row[name].as_str()?.strip_prefix("/Date(")?;
    inner.split(['+', ')']).next()?.parse().ok()
}
