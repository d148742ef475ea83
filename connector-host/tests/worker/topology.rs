//! What is declared, what is only looked for, and what is said if it differs.

use crate::support::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_declares_nothing_and_says_what_is_missing() {
    let Some(scene) = Scene::bare(10).await else { return };
    let worker = scene.worker(&[]);
    worker.says(&format!("there is no queue {}.read at the broker", scene.prefix)).await;
    worker.says("sfsf-connector worker topology").await;
    // It tries again by itself, and then finds everything.
    scene.topology();
    worker.says("the worker reads").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mismatch_is_one_sentence_and_a_repeat_changes_nothing() {
    let Some(scene) = Scene::new(10).await else { return };
    scene.run(&["topology", "--delay", "1"], 0);
    let said = scene.run(&["topology", "--delay", "2"], 2);
    assert!(
        said.contains(&format!("the queue {}.retry is there with other properties", scene.prefix)),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_on_the_command_line_is_refused() {
    let Some(scene) = Scene::bare(2).await else { return };
    let said = scene.run(&["--broker", "amqp://u:Hush-Hush@localhost"], 2);
    assert!(said.contains("SFSF_BROKER_PASSWORD") && !said.contains("Hush-Hush"), "{said}");
}
