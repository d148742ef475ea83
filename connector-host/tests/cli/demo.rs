//! `demo`: the whole story.

use super::support::run;

#[test]
fn the_story_is_told_to_the_end() {
    let story = run(&["demo", "--people", "200"]).expect(0).stdout;
    for words in
        ["1. Connect", "2. Import everyone", "200 people", "finds her", "is refused", "What was sent"]
    {
        assert!(story.contains(words), "{words:?} is missing in {story}");
    }
    assert!(!story.contains('\u{1b}'), "color without a terminal");
}

#[test]
fn programs_get_an_object_a_step_and_the_status_of_the_whole() {
    let lines = run(&["demo", "--people", "200", "--seed", "7", "--output", "ndjson"]).expect(0).lines();
    let (last, steps) = lines.split_last().unwrap();
    let names: Vec<_> = steps.iter().map(|line| line["step"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "connect",
            "import",
            "create",
            "read",
            "change",
            "suspend",
            "find",
            "resume",
            "reset_password",
            "delete",
            "refuse"
        ]
    );
    assert!(steps.iter().all(|line| line["status"] == "ok"));
    assert_eq!(steps[1]["count"], 200);
    assert_eq!((&last["status"], last["steps"].as_u64()), (&"complete".into(), Some(11)));
    assert!(last["requests"].as_u64().unwrap() > 10);
}

#[test]
fn a_story_that_cannot_be_told_in_time_says_where_it_stopped() {
    let answer = run(&["demo", "--people", "20", "--timeout", "0.000001", "--output", "ndjson"]).expect(1);
    assert_eq!(answer.lines().last().unwrap()["failed_step"], "connect");
    assert!(answer.stderr.contains("stopped at the step 'connect'"), "{}", answer.stderr);
}

#[test]
fn a_configuration_is_refused_rather_than_ignored() {
    assert!(run(&["demo", "--config", "tenant.toml"]).expect(2).stderr.contains("tenant of their own"));
}

#[test]
fn formats_without_a_story_are_refused() {
    run(&["demo", "--output", "csv"]).expect(2);
}
