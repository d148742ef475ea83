//! A tenant that answers what a test wants, however odd.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use connector_sfsf::SuccessFactorsConnector;
use serde_json::{Value as Json, json};

/// A tenant on this machine that speaks for the length of a test.
pub struct Odd {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// An answer: a status, headers, a body.
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

impl From<String> for Answer {
    fn from(body: String) -> Self {
        Self { status: 200, headers: Vec::new(), body: body.into() }
    }
}

impl From<&str> for Answer {
    fn from(body: &str) -> Self {
        body.to_owned().into()
    }
}

impl Answer {
    /// An answer with this body.
    pub fn of(body: Body) -> Self {
        Self { status: 200, headers: Vec::new(), body }
    }

    /// The same with another status.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same with another header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.body);
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap();
        for (name, value) in self.headers {
            response.headers_mut().insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        response
    }
}

impl Odd {
    /// Answers metadata with these properties of `User`, and everything else as `answer` does, which is told method,
    /// path and query, decoded, and the body.
    pub async fn with_metadata(
        metadata: impl Into<String>,
        answer: impl Fn(&str) -> Answer + Clone + Send + Sync + 'static,
    ) -> Self {
        let metadata = metadata.into();
        Self::start(move |asked| match asked.contains("User/$metadata") {
            true => metadata.as_str().into(),
            false => answer(asked),
        })
        .await
    }

    /// The same with the usual metadata.
    pub async fn people(answer: impl Fn(&str) -> Answer + Clone + Send + Sync + 'static) -> Self {
        Self::with_metadata(metadata(PROPERTIES, "<NavigationProperty Name=\"manager\"/>"), answer).await
    }

    /// Answers everything as `answer` does.
    pub async fn start(answer: impl Fn(&str) -> Answer + Clone + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let routes = Router::new().fallback(move |request: Request| {
            let (log, answer) = (Arc::clone(&log), answer.clone());
            async move {
                let (head, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
                let line = format!(
                    "{} {} {}",
                    head.method,
                    decoded(&head.uri.to_string()),
                    String::from_utf8_lossy(&body)
                );
                log.lock().unwrap().push(line.clone());
                answer(&line)
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, asked }
    }

    /// A connector for it.
    pub fn connector(&self) -> SuccessFactorsConnector {
        self.with_keys(json!({}))
    }

    /// The same with other keys.
    pub fn with_keys(&self, changes: Json) -> SuccessFactorsConnector {
        let mut keys = json!({"url": self.url, "access_token": "x", "first_retry_wait": 0});
        keys.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        tests::connector(keys.as_object().unwrap().clone()).unwrap()
    }

    /// What was asked whose line holds `part`.
    pub fn asked(&self, part: &str) -> Vec<String> {
        self.asked.lock().unwrap().iter().filter(|line| line.contains(part)).cloned().collect()
    }
}

/// The properties of a person, by name and type.
pub const PROPERTIES: &[(&str, &str)] = &[
    ("userId", "String"),
    ("username", "String"),
    ("status", "String"),
    ("lastName", "String"),
    ("title", "String"),
    ("lastModified", "DateTime"),
    ("lastModifiedDateTime", "DateTimeOffset"),
];

/// Metadata with these properties and navigations of `User`.
pub fn metadata(properties: &[(&str, &str)], navigations: &str) -> String {
    let property = |(name, edm): &(&str, &str)| format!("<Property Name=\"{name}\" Type=\"Edm.{edm}\"/>");
    let properties: String = properties.iter().map(property).collect();
    format!(
        "<edmx:Edmx xmlns:edmx=\"x\"><edmx:DataServices><Schema Namespace=\"SFOData\"><EntityType Name=\"User\">\
         <Key><PropertyRef Name=\"userId\"/></Key>{properties}{navigations}</EntityType></Schema>\
         </edmx:DataServices></edmx:Edmx>"
    )
}

/// A page with these rows.
pub fn page(rows: &[Json]) -> String {
    json!({"d": {"results": rows}}).to_string()
}

/// An error as OData has it.
pub fn refusal(code: &str, text: &str) -> Answer {
    let body = json!({"error": {"code": code, "message": {"lang": "en-US", "value": text}}});
    Answer::from(body.to_string()).status(400)
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = behind.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
