//! The connector in memory keeps the contract; connectors that break it are found out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod broken;
mod fixture;

use broken::Defect;
use connector_core::contract;
use fixture::MemoryFixture;

#[tokio::test]
async fn the_connector_in_memory_keeps_the_contract() {
    let report = contract::run(&MemoryFixture::new()).await.into_result().unwrap();
    let skipped: Vec<_> = report.skipped().map(|(name, _)| name).collect();
    let none_to_skip_but = [
        "update_refused::an_attribute_of_creation_cannot_be_changed",
        "expected::a_class_that_cannot_compare_says_so",
        "filter::equal_on_what_the_target_cannot_filter_by",
        "dry_run::a_class_that_explains_no_saves_says_so",
    ];
    assert_eq!(skipped, none_to_skip_but, "{report}");
}

/// The connector with the defect fails the case, and the report says why.
async fn check(defect: Defect, case: &str) {
    let report = contract::run(&MemoryFixture::broken(defect)).await;
    let failures: Vec<_> = report.failures().map(|(name, _)| name).collect();
    assert!(failures.contains(&case), "{defect:?} was not noticed by {case}, but by {failures:#?}");
    let error = report.into_result().unwrap_err().to_string();
    assert!(error.contains(case), "{error}");
}

macro_rules! a_connector_fails_that {
    ($($test:ident: $defect:ident => $case:literal),+ $(,)?) => {$(
        #[tokio::test]
        async fn $test() {
            check(Defect::$defect, $case).await;
        }
    )+};
}

a_connector_fails_that! {
    ignores_filters: IgnoresFilters => "filter::equal_on_every_attribute",
    ignores_case: IgnoresCase => "filter::texts_that_differ_in_case",
    ignores_negations: IgnoresNot => "filter::conditions_inside_each_other",
    finds_nobody_by_nonsense: FindsNobodyByNonsense => "filter_refused::a_literal_of_another_type",
    accepts_filters_on_unknown_attributes: IgnoresFilters => "filter_refused::an_unknown_attribute",
    reads_ahead: ReadsAhead => "stream::a_search_that_is_dropped_asks_for_nothing_more",
    reads_on_after_the_drop: ReadsOn => "stream::an_import_that_is_dropped_asks_for_nothing_more",
    reads_before_it_is_asked: ReadsAtOnce => "stream::nothing_is_sent_before_the_first_item_is_asked_for",
    ends_twice: EndsTwice => "search::without_a_filter_it_finds_everything",
    never_ends: NeverEnds => "search::without_a_filter_it_finds_everything",
    repeats_an_object: Repeats => "search::without_a_filter_it_finds_everything",
    is_silent_about_a_second_delete: SilentDelete => "delete::a_second_delete_is_what_the_manifest_says",
    reports_a_write_that_it_did_not_make: LosesWrites => "update::replacing_a_value_changes_it_and_nothing_else",
    writes_what_is_so_already: WritesAlways => "update::the_same_again_writes_nothing",
    gives_an_error_for_an_unknown_uid: GetFails => "get::an_unknown_uid_is_not_found_and_no_error",
    hides_the_inactive_from_search: HidesInactive => "suspend::a_suspended_account_is_still_found_by_search",
    revives_on_a_password_reset: ResetRevives => "password::a_reset_does_not_change_the_status",
    returns_the_password: ReturnsPassword => "password::it_never_comes_back",
    returns_what_was_not_asked_for: IgnoresWanted => "attributes::only_those_asked_for_come_and_uid_and_name_always",
    forgets_which_object_failed: AnonymousErrors => "update_refused::an_unknown_uid_is_not_found",
    ignores_a_cancelled_call: IgnoresContext => "errors::a_cancelled_call_says_so",
    ignores_a_passed_deadline: IgnoresContext => "errors::a_passed_deadline_is_a_timeout",
    forgets_the_order: IgnoresOrder => "search::an_order_is_kept",
    forgets_the_page: IgnoresPage => "page::by_cookie_everything_comes_once",
    imports_everything_whatever_the_token: IgnoresTokens => "import::a_token_that_belongs_elsewhere_is_refused",
    imports_everybody_where_a_token_is_wanted: IgnoresTokenOnly => "import::a_token_for_now_brings_nobody_and_later_what_has_changed_since",
    keeps_quiet_about_who_is_gone: HidesGone => "import::whoever_left_the_filter_is_gone",
    goes_on_too_far: LosesPlace => "import::from_a_checkpoint_the_rest_comes",
    ignores_the_day_of_a_reading: IgnoresDays => "days::a_class_without_days_is_not_read_as_of_a_day",
    ignores_the_day_of_a_change: IgnoresDays => "days::a_class_without_days_is_not_changed_from_a_day_on",
    changes_what_is_not_as_expected: IgnoresExpected => "expected::what_is_not_as_expected_is_left_alone",
    creates_what_is_expected_to_be_there: IgnoresExpected => "expected::what_is_not_there_is_not_created_if_something_is_expected",
    writes_in_a_dry_run: WritesDryRuns => "dry_run::a_change_is_explained_and_not_made_and_then_made_as_explained",
    creates_in_a_dry_run: WritesDryRuns => "dry_run::a_creation_is_explained_and_nobody_is_made",
    plans_other_records_than_it_sends: PlansOtherwise => "dry_run::a_change_is_explained_and_not_made_and_then_made_as_explained",
    shows_a_password_in_a_dry_run: ShowsSecrets => "dry_run::secrets_are_redacted",
    names_lists_that_there_are_not: InventsLists => "schema::value_lists_are_in_the_manifest",
    keeps_quiet_about_parts: HidesParts => "schema::objects_are_as_it_says",
    panics: Panics => "operations::a_test_says_what_it_tried",
}
