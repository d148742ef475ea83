//! `/healthz`, `/readyz` and `/metrics` for operators.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use connector_core::{Error, ErrorKind, Result};
use tokio::net::TcpListener;

use super::metrics::Metrics;

/// Serves them at this address for as long as the program runs.
///
/// # Errors
///
/// An address that cannot be listened on.
pub async fn serve(address: SocketAddr, metrics: Arc<Metrics>) -> Result<()> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let sentence = format!("the health endpoint cannot listen on {address}: {}", error.kind());
        Error::new(ErrorKind::Configuration, sentence)
    })?;
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "health and metrics are served");
    }
    let text = Arc::clone(&metrics);
    let routes = Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(async move || ready(&metrics)))
        .route("/metrics", get(async move || text.text()));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(())
}

fn ready(metrics: &Metrics) -> (StatusCode, &'static str) {
    if metrics.is_ready() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not reading any queue\n")
    }
}
