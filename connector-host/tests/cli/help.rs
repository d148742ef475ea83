//! What the program says about itself.

use super::support::run;

#[test]
fn help_names_every_command_option_and_exit_code() {
    let help = run(&["--help"]).expect(0).stdout;
    insta::assert_snapshot!(help);
}

#[test]
fn no_command_is_wrong_usage_and_shows_the_help() {
    assert!(run(&[]).expect(2).stderr.contains("Usage: sfsf-connector"));
}

#[test]
fn unknown_words_are_wrong_usage() {
    for arguments in [&["fire"][..], &["get"], &["search", "--fliter", "x"], &["get", "a", "b"]] {
        run(arguments).expect(2);
    }
}

#[test]
fn a_password_is_never_an_argument() {
    let answer = run(&["reset-password", "jdoe", "--password", "hush"]).expect(2);
    assert!(!answer.stderr.contains("hush"), "{}", answer.stderr);
}

#[test]
fn the_manifest_needs_no_configuration() {
    let manifest = run(&["manifest"]).expect(0).json();
    assert_eq!(manifest["name"], "sfsf");
    assert_eq!(manifest["object_classes"][0]["delete"], "inactivates");
}
