//! A server that sends pages that it made before, and nothing else.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{Setting, stretch};

struct Pages {
    pages: Vec<Bytes>,
    people: usize,
    metadata: String,
    wait: Duration,
    gzip: bool,
}

/// Serves until the process is ended. Prints its address when it answers.
///
/// # Errors
///
/// A sentence, if there is no socket to be had.
pub fn serve(setting: &Setting) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(run(setting)).map_err(|error| error.to_string())
}

async fn run(setting: &Setting) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let shape = setting.shape();
    let made = (0..shape.pages()).map(|page| packed(shape.page(page, &base), setting.gzip));
    let pages = Pages {
        pages: made.collect(),
        people: setting.people,
        metadata: shape.metadata(),
        wait: Duration::from_millis(setting.wait),
        gzip: setting.gzip,
    };
    let routes = Router::new()
        .route("/odata/v2/User", get(page))
        .route("/odata/v2/User/$metadata", get(metadata))
        .with_state(Arc::new(pages));
    println!("{base}");
    axum::serve(listener, routes).await
}

fn packed(page: String, gzip: bool) -> Bytes {
    if !gzip {
        return page.into();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = encoder.write_all(page.as_bytes());
    encoder.finish().unwrap_or_default().into()
}

async fn page(State(pages): State<Arc<Pages>>, Query(query): Query<HashMap<String, String>>) -> Response {
    if !pages.wait.is_zero() {
        tokio::time::sleep(pages.wait).await;
    }
    let body =
        stretch::answer(&query, pages.people, |page| pages.pages.get(page).cloned().unwrap_or_default());
    let kind = (header::CONTENT_TYPE, "application/json;charset=utf-8");
    match pages.gzip {
        true => ([kind, (header::CONTENT_ENCODING, "gzip")], body).into_response(),
        false => ([kind], body).into_response(),
    }
}

async fn metadata(State(pages): State<Arc<Pages>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/xml")], pages.metadata.clone())
}
