//! The forty traps: the tenant has each of them.

use super::Proof::Tests;
use super::{Row, row};

/// The rows, in their order.
pub fn rows() -> Vec<Row> {
    vec![
        row(
            1,
            "200 whatever the rows say",
            "Workato docs",
            Tests(&["rows_succeed_and_fail_one_by_one_in_order"]),
        ),
        row(
            2,
            "an inner 500 is a business error",
            "KBA 2430160",
            Tests(&["inactive_users_need_the_parameter"]),
        ),
        row(
            3,
            "ACCEPTED is not written",
            "KBA 2545933",
            Tests(&["full_purge_accepts_without_writing_when_one_record_fails"]),
        ),
        row(
            4,
            "keys may be null, the index never",
            "KBA 2430160",
            Tests(&["rows_succeed_and_fail_one_by_one_in_order"]),
        ),
        row(
            5,
            "a message may be a warning",
            "docs/successfactors.md#upsert-rows",
            Tests(&["unchanged_rows_warn_and_changed_rows_are_stamped"]),
        ),
        row(
            6,
            "purgeType=full deletes other time slices",
            "KBA 2545933",
            Tests(&["full_purge_replaces_the_history"]),
        ),
        row(
            7,
            "purgeType=record clears what is left out",
            "KBA 2749477",
            Tests(&["many_links_are_added_and_a_purge_replaces_them"]),
        ),
        row(
            8,
            "links are appended",
            "KBA 2749477",
            Tests(&["many_links_are_added_and_a_purge_replaces_them"]),
        ),
        row(
            9,
            "NO_MANAGER only as a link",
            "KBA 3307746",
            Tests(&["inline_entities_are_written_themselves"]),
        ),
        row(
            10,
            "deadlock on the shared manager",
            "KBA 2741801",
            Tests(&["rows_fail_with_deadlock_and_conflict"]),
        ),
        row(
            11,
            "inactive users are not listed",
            "KBA 2736579",
            Tests(&["inactive_people_are_hidden_unless_a_status_is_named"]),
        ),
        row(12, "status ne is not reliable", "KBA 2736579", Tests(&["status_ne_is_a_trap"])),
        row(
            13,
            "`or` with a status shows all",
            "KBA 3575859",
            Tests(&["or_with_a_status_returns_every_status"]),
        ),
        row(
            14,
            "a key finds inactive users",
            "KBA 3436023",
            Tests(&["key_predicate_ignores_status_and_filter"]),
        ),
        row(
            15,
            "inactive users need processInactiveEmployees",
            "KBA 2768078",
            Tests(&["inactive_users_need_the_parameter"]),
        ),
        row(
            16,
            "user names are unique with their case, for good",
            "KBA 2217113",
            Tests(&["user_names_are_unique_with_their_case"]),
        ),
        row(
            17,
            "status e and d are not for User",
            "KBA 2994898",
            Tests(&["status_is_taken_as_letter_or_text_but_not_every_one"]),
        ),
        row(
            18,
            "the password sample reactivates",
            "KBA 2888224",
            Tests(&["sample_payload_of_a_password_reactivates_the_user"]),
        ),
        row(
            19,
            "delta matches any slice",
            "KBA 2920680",
            Tests(&["delta_filter_asks_all_slices", "a_delta_returns_other_slices_than_the_changed_one"]),
        ),
        row(
            20,
            "only today's slice without dates",
            "KBA 2148752",
            Tests(&["changes_to_come_are_not_seen_without_dates", "future_hires_need_a_range_of_days"]),
        ),
        row(
            21,
            "fromDate and toDate are for the top level",
            "KBA 2853045",
            Tests(&["a_range_of_days_does_not_reach_the_children", "children_are_dated_by_their_parents"]),
        ),
        row(
            22,
            "datetime is the server's local time",
            "KBA 2933028",
            Tests(&[
                "time_literals_are_local_unless_they_say_otherwise",
                "the_two_time_stamps_are_the_offset_of_the_server_apart",
            ]),
        ),
        row(
            23,
            "negative milliseconds and +0000",
            "docs/successfactors.md#values-in-json",
            Tests(&["json_envelope_and_primitive_values_are_as_documented"]),
        ),
        row(
            24,
            "64-bit numbers are strings",
            "docs/successfactors.md#values-in-json",
            Tests(&["json_envelope_and_primitive_values_are_as_documented"]),
        ),
        row(
            25,
            "`in` with parentheses is 400",
            "docs/successfactors.md#filters",
            Tests(&["wrong_filters_are_refused_with_their_codes"]),
        ),
        row(
            26,
            "long lists: 414, and too many expressions",
            "docs/successfactors.md#long-addresses, KBA 3389932",
            Tests(&[
                "long_addresses_are_refused_by_the_front_end",
                "deep_nesting_is_refused",
                "reads_are_answered_in_order",
            ]),
        ),
        row(
            27,
            "offset pages shift",
            "KBA 2723468",
            Tests(&[
                "new_rows_shift_offset_pages_but_no_snapshot",
                "shifted_pages_miss_rows_or_bring_them_twice",
            ]),
        ),
        row(28, "__next also without $top", "KBA 2489065", Tests(&["default_pages_are_offsets_in_disguise"])),
        row(
            29,
            "snapshots end after 15 minutes",
            "KBA 2990434",
            Tests(&["snapshots_get_lost_after_their_end_and_in_time"]),
        ),
        row(
            30,
            "the last page cannot be read twice",
            "KBA 2990434",
            Tests(&["snapshots_get_lost_after_their_end_and_in_time"]),
        ),
        row(
            31,
            "probing with snapshots is blocked",
            "KBA 2749091",
            Tests(&["unread_snapshots_are_blocked_for_half_an_hour"]),
        ),
        row(
            32,
            "server paging silently falls back",
            "docs/successfactors.md#pages",
            Tests(&["cursors_page_simple_queries_and_others_fall_back"]),
        ),
        row(
            33,
            "fields differ by tenant and role",
            "docs/successfactors.md#missing-properties",
            Tests(&["profile_decides_which_properties_exist", "hidden_fields_are_not_there"]),
        ),
        row(
            34,
            "the same assertion gets the old token",
            "KBA 2872019",
            Tests(&["same_assertion_gets_the_token_that_is_left"]),
        ),
        row(35, "an expired token is 403", "KBA 2872019", Tests(&["expired_token_is_lgn0022_as_403_or_401"])),
        row(36, "NameID is a userId", "KBA 2668018", Tests(&["subject_is_a_user_id_unless_said_otherwise"])),
        row(
            37,
            "clocks and plus signs",
            "docs/successfactors.md#token-request, docs/successfactors.md#the-assertion",
            Tests(&[
                "clocks_can_be_put_wrong",
                "every_cause_of_refusal_is_told_apart",
                "unescaped_plus_signs_break_an_assertion",
            ]),
        ),
        row(
            38,
            "metadata under generation is 503 for 300 seconds",
            "KBA 3271514",
            Tests(&["refusals_come_with_retry_after_as_often_as_asked"]),
        ),
        row(
            39,
            "cookies without the token, snapshots without cookies",
            "KBA 3308165, 2990434",
            Tests(&["cookies_on_a_write_need_the_csrf_token", "snapshots_can_need_their_session"]),
        ),
        row(
            40,
            "HTML and XML errors; Basic is going",
            "KBA 2545055",
            Tests(&[
                "gateways_answer_in_html_and_maintenance_in_plain_text",
                "errors_are_xml_unless_json_is_asked_for",
                "basic_is_off_by_default",
            ]),
        ),
    ]
}
