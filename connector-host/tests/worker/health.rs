//! What operators see.

use serde_json::json;

use crate::support::{Scene, Worker, request};

/// The status and the text at a path.
pub async fn get(address: &str, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("http://{address}{path}")).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Where the worker serves its health, from its log.
pub async fn address(worker: &Worker) -> String {
    worker.says("health and metrics are served").await;
    let log = worker.log();
    let (_, rest) = log.split_once("address=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_is_alive_at_once_and_ready_when_it_reads_and_its_metrics_name_nobody() {
    let Some(scene) = Scene::bare(10).await else { return };
    let worker = scene.worker(&["--health", "127.0.0.1:0"]);
    let address = address(&worker).await;
    assert_eq!((get(&address, "/healthz").await.0, get(&address, "/readyz").await.0), (200, 503));
    scene.topology();
    worker.says("the worker reads").await;
    assert_eq!(get(&address, "/readyz").await.0, 200);
    let mut requester = scene.requester().await;
    let reset = json!({"object_class": "User", "uid": "somebody.else", "new_password": {"$secret": "Hush-Hush-2026"}});
    requester.write("h-1", "somebody.else", &request("reset_password", reset)).await;
    requester.reply().await;
    let (_, metrics) = get(&address, "/metrics").await;
    assert!(metrics.contains("\nsfsf_worker_failed_total 1\n"), "{metrics}");
    assert!(!metrics.contains("Hush") && !metrics.contains("somebody.else"));
}
