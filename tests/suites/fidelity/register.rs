//! The register of unconfirmed points (protocol sheet §14): each is a switch, or there is nothing to switch.

use super::Proof::{Fixed, Switches, Tests};
use super::{Row, row};

/// The rows, in their order.
pub fn rows() -> Vec<Row> {
    vec![
        row(1, "texts and statuses of the token endpoint", "§1.1.4", Switches(&["token_refused_status"])),
        row(2, "tolerance of the clock", "§1.1.3", Switches(&["clock_tolerance_seconds"])),
        row(3, "base64url, user_id, scope", "§1.1.1", Switches(&["accept_base64url"])),
        row(4, "new_token ends older tokens", "§1.1.2", Switches(&["new_token_ends_others"])),
        row(
            5,
            "Basic: userId or username",
            "§1.2",
            Tests(&["basic_takes_user_id_or_username_of_active_users"]),
        ),
        row(
            6,
            "401 or 403",
            "§8.2",
            Switches(&["token_rejected_status", "missing_credentials_status", "forbidden_status"]),
        ),
        row(
            7,
            "shapes of function imports",
            "§7",
            Switches(&["function_collections_have_results", "function_primitives_are_bare"]),
        ),
        row(8, "null clears", "§5.5", Switches(&["null_clears"])),
        row(
            9,
            "transactionality of arrays",
            "§5.3",
            Switches(&["array_is_atomic", "external_status_is_global"]),
        ),
        row(
            10,
            "quota and status of the snapshot block",
            "§3.2",
            Switches(&["snapshot_quota", "snapshot_quota_entities", "snapshot_block_status"]),
        ),
        row(11, "entities without server paging", "§3.1", Switches(&["unknown_paging_is_error"])),
        row(
            12,
            "$top with server paging",
            "§3.1",
            Fixed("$top caps the snapshot, and keeps a cursor from being one"),
        ),
        row(
            13,
            "outer status of $batch, Content-ID",
            "§6",
            Switches(&["batch_status", "changeset_error_status", "content_id_references", "batch_preamble"]),
        ),
        row(
            14,
            "CSRF on writes with cookies",
            "§11",
            Switches(&["csrf_on_cookie_writes", "snapshot_needs_session"]),
        ),
        row(
            15,
            "updateStaticGroup (the names inside getPasswordPolicy are ours, unproved)",
            "§7",
            Switches(&[
                "static_group_actions",
                "static_group_returns_total",
                "static_group_unknown_user_is_error",
            ]),
        ),
        row(16, "DELETE on User, statuses of writes", "§5.1", Fixed("DELETE is 405; 201, 200 and 200")),
        row(17, "length of addresses", "§2.6", Switches(&["max_url_bytes"])),
        row(18, "passwords", "§5.5", Tests(&["passwords_are_written_checked_and_never_shown"])),
        row(19, "headers of rate limits", "§8.4", Fixed("none but Retry-After")),
        row(
            20,
            "mixed entity sets in an upsert",
            "§5.2",
            Tests(&["records_of_several_entity_sets_are_taken_in_one_array"]),
        ),
    ]
}
