//! The checklist of behaviors worth faking.

use super::Proof::Tests;
use super::{Row, row};

/// The rows, in their order.
pub fn rows() -> Vec<Row> {
    vec![
        row(
            1,
            "XML by default, JSON on request, errors alike, metadata 406 for JSON",
            "docs/successfactors.md#formats",
            Tests(&["formats_are_negotiated", "errors_are_xml_unless_json_is_asked_for"]),
        ),
        row(
            2,
            "ports of links, the envelopes, numbers as strings, dates",
            "docs/successfactors.md#json-envelopes, docs/successfactors.md#values-in-json",
            Tests(&[
                "port_of_addresses_is_switchable",
                "json_envelope_and_primitive_values_are_as_documented",
                "primitives_stand_under_the_functions_name",
            ]),
        ),
        row(
            3,
            "the implicit status, its end by `or`, by key, and the `ne` trap",
            "KBA 2736579, 3575859",
            Tests(&[
                "inactive_people_are_hidden_unless_a_status_is_named",
                "or_with_a_status_returns_every_status",
                "key_predicate_ignores_status_and_filter",
                "status_ne_is_a_trap",
            ]),
        ),
        row(
            4,
            "effective dates, and the delta filter over all slices",
            "KBA 2853045, 2920680",
            Tests(&[
                "dates_choose_the_slices",
                "children_are_dated_by_their_parents",
                "delta_filter_asks_all_slices",
                "a_delta_returns_other_slices_than_the_changed_one",
            ]),
        ),
        row(
            5,
            "pages, their tokens, their ends, the abuse block, X-SF-Paging",
            "KBA 2489065, 2990434, 2749091",
            Tests(&[
                "default_pages_are_offsets_in_disguise",
                "custom_page_size_lowers_the_page",
                "snapshots_get_lost_after_their_end_and_in_time",
                "unread_snapshots_are_blocked_for_half_an_hour",
                "cursors_page_simple_queries_and_others_fall_back",
            ]),
        ),
        row(
            6,
            "`in` without parentheses, `like`, COE0003, COE0007, COE0021, depth 10",
            "docs/successfactors.md#filters, KBA 3741424",
            Tests(&[
                "operators_and_functions_find_the_right_people",
                "wrong_filters_are_refused_with_their_codes",
                "wrong_shapes_are_refused_with_their_codes",
            ]),
        ),
        row(
            7,
            "upsert: 1000, row results, purges, NO_MANAGER, user names, inactive users, links",
            "docs/successfactors.md#upsert-requests",
            Tests(&[
                "bodies_that_cannot_be_taken_are_refused",
                "rows_succeed_and_fail_one_by_one_in_order",
                "full_purge_accepts_without_writing_when_one_record_fails",
                "unchanged_rows_warn_and_changed_rows_are_stamped",
                "links_are_set_removed_and_checked",
                "user_names_are_unique_with_their_case",
                "inactive_users_need_the_parameter",
                "many_links_are_added_and_a_purge_replaces_them",
            ]),
        ),
        row(
            8,
            "$batch: 180, roll-back, the flat part of an error",
            "KBA 2614934, 3709239",
            Tests(&[
                "batch_has_180_requests_at_most",
                "change_sets_are_transactions",
                "parts_have_the_captured_headers",
            ]),
        ),
        row(
            9,
            "tokens: reuse, new_token, checks, flat errors, LGN0022 as 403 and 401",
            "KBA 2872019",
            Tests(&[
                "same_assertion_gets_the_token_that_is_left",
                "every_cause_of_refusal_is_told_apart",
                "expired_token_is_lgn0022_as_403_or_401",
            ]),
        ),
        row(
            10,
            "throttle, gateways in HTML, truncated JSON, COE0040, deadlock, lost answers",
            "docs/successfactors.md#statuses-and-repeats",
            Tests(&[
                "refusals_come_with_retry_after_as_often_as_asked",
                "gateways_answer_in_html_and_maintenance_in_plain_text",
                "bodies_end_early",
                "chunks_turn_into_noise",
                "rows_fail_with_deadlock_and_conflict",
                "cuts_come_before_or_after_the_effect",
            ]),
        ),
        row(
            11,
            "cookies and X-CSRF-Token, 403 without it",
            "docs/successfactors.md#sessions-and-cookies",
            Tests(&["cookies_on_a_write_need_the_csrf_token", "sessions_end_by_logout_and_in_time"]),
        ),
        row(
            12,
            "field permissions hide properties",
            "docs/successfactors.md#missing-properties",
            Tests(&["hidden_fields_are_not_there"]),
        ),
    ]
}
