//! The register of unconfirmed points (docs/successfactors.md#unconfirmed-points): each is a switch, or there is
//! nothing to switch.

use super::Proof::{Fixed, Switches, Tests};
use super::{Row, row};

/// The rows, in their order.
pub fn rows() -> Vec<Row> {
    vec![
        row(
            1,
            "texts and statuses of the token endpoint",
            "docs/successfactors.md#refused-tokens",
            Switches(&["token_refused_status"]),
        ),
        row(
            2,
            "tolerance of the clock",
            "docs/successfactors.md#the-assertion",
            Switches(&["clock_tolerance_seconds"]),
        ),
        row(
            3,
            "base64url, user_id, scope",
            "docs/successfactors.md#token-request",
            Switches(&["accept_base64url"]),
        ),
        row(
            4,
            "new_token ends older tokens",
            "docs/successfactors.md#token-lifetime",
            Switches(&["new_token_ends_others"]),
        ),
        row(
            5,
            "Basic: userId or username",
            "docs/successfactors.md#basic-authentication",
            Tests(&["basic_takes_user_id_or_username_of_active_users"]),
        ),
        row(
            6,
            "401 or 403",
            "docs/successfactors.md#logon-errors",
            Switches(&["token_rejected_status", "missing_credentials_status", "forbidden_status"]),
        ),
        row(
            7,
            "shapes of function imports",
            "docs/successfactors.md#function-imports",
            Switches(&["function_collections_have_results", "function_primitives_are_bare"]),
        ),
        row(8, "null clears", "docs/successfactors.md#clearing-values", Switches(&["null_clears"])),
        row(
            9,
            "transactionality of arrays",
            "docs/successfactors.md#upsert-parameters",
            Switches(&["array_is_atomic", "external_status_is_global"]),
        ),
        row(
            10,
            "quota and status of the snapshot block",
            "docs/successfactors.md#blocked-snapshots",
            Switches(&["snapshot_quota", "snapshot_quota_entities", "snapshot_block_status"]),
        ),
        row(
            11,
            "entities without server paging",
            "docs/successfactors.md#pages",
            Switches(&["unknown_paging_is_error"]),
        ),
        row(
            12,
            "$top with server paging",
            "docs/successfactors.md#pages",
            Fixed("$top caps the snapshot, and keeps a cursor from being one"),
        ),
        row(
            13,
            "outer status of $batch, Content-ID",
            "docs/successfactors.md#batches",
            Switches(&["batch_status", "changeset_error_status", "content_id_references", "batch_preamble"]),
        ),
        row(
            14,
            "CSRF on writes with cookies",
            "docs/successfactors.md#sessions-and-cookies",
            Switches(&["csrf_on_cookie_writes", "snapshot_needs_session"]),
        ),
        row(
            15,
            "updateStaticGroup (the names inside getPasswordPolicy are ours, unproved)",
            "docs/successfactors.md#static-groups",
            Switches(&[
                "static_group_actions",
                "static_group_returns_total",
                "static_group_unknown_user_is_error",
            ]),
        ),
        row(
            16,
            "DELETE on User, statuses of writes",
            "docs/successfactors.md#verbs",
            Fixed("DELETE is 405; 201, 200 and 200"),
        ),
        row(17, "length of addresses", "docs/successfactors.md#long-addresses", Switches(&["max_url_bytes"])),
        row(
            18,
            "passwords",
            "docs/successfactors.md#passwords",
            Tests(&["passwords_are_written_checked_and_never_shown"]),
        ),
        row(
            19,
            "headers of rate limits",
            "docs/successfactors.md#statuses-and-repeats",
            Fixed("none but Retry-After"),
        ),
        row(
            20,
            "mixed entity sets in an upsert",
            "docs/successfactors.md#upsert-requests",
            Tests(&["records_of_several_entity_sets_are_taken_in_one_array"]),
        ),
    ]
}
