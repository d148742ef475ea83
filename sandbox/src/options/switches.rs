//! A switch for each point that the reference leaves unconfirmed, and for habits that a test may want to change.

use serde::{Deserialize, Serialize};

/// A struct whose fields stand with their defaults.
macro_rules! with_defaults {
    ($(#[$about:meta])* pub struct $type:ident { $($(#[$doc:meta])* pub $name:ident: $kind:ty = $default:expr,)* }) => {
        $(#[$about])*
        pub struct $type {
            $($(#[$doc])* pub $name: $kind,)*
        }

        impl Default for $type {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }
    };
}

with_defaults! {
    /// Habits of the tenant that can be changed. Each field states its default and its source.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    pub struct Switches {
        /// Seconds of grace on `NotBefore` and `NotOnOrAfter`; unconfirmed (docs/successfactors.md#the-assertion).
        /// Default 0.
        pub clock_tolerance_seconds: i64 = 0,
        /// Accept RSA-SHA1 signatures, as one public client sends (docs/successfactors.md#the-assertion). Default true.
        pub accept_sha1: bool = true,
        /// Seconds that a token lives (KBA 2872019). Default 86400.
        pub token_lifetime_seconds: i64 = 86_400,
        /// `new_token=true` ends the older tokens; unconfirmed (docs/successfactors.md#token-lifetime). Default false.
        pub new_token_ends_others: bool = false,
        /// The status of an expired or unknown token, 403 or 401 (docs/successfactors.md#logon-errors). Default 403.
        pub token_rejected_status: u16 = 403,
        /// The API user may use OData; without, everything is LGN0002 (KBA 2524436). Default true.
        pub odata_permission: bool = true,
        /// The API user is locked (KBA 3336550). Default false.
        pub api_user_locked: bool = false,
        /// A write that carries the session cookie needs the session's `X-CSRF-Token`, else 403; details are
        /// unconfirmed (docs/successfactors.md#sessions-and-cookies). Default true.
        pub csrf_on_cookie_writes: bool = true,
        /// The port of absolute URIs in answers. Default [`UriPort::AsRequested`].
        pub uri_port: UriPort = UriPort::AsRequested,
        /// Refuse `$filter` on properties with `sap:filterable="false"`; unconfirmed for live tenants
        /// (docs/successfactors.md#filters). Default true.
        pub enforce_filterable: bool = true,
        /// `status ne 'x'` leaves the implicit filter on (KBA 2736579, item 3). Default true.
        pub status_ne_trap: bool = true,
        /// `ne` is true for a null; standard OData V2, unconfirmed. Default true.
        pub null_matches_ne: bool = true,
        /// Texts in `$filter` compare without case; unconfirmed (docs/successfactors.md#filters). Default false.
        pub case_insensitive_filter: bool = false,
        /// Users expanded from a key predicate are active ones only (KBA 3436023, against KBA 2736579).
        /// Default true.
        pub key_expand_active_only: bool = true,
        /// `/User/$metadata` has the navigations whose target is in the document, as captured from live
        /// tenants; one source says that it has none (docs/successfactors.md#entity-addresses). Default true.
        pub scoped_metadata_navigations: bool = true,
        /// An unsupported `paging=` value is answered 400 instead of a silent fall back (docs/successfactors.md#pages).
        /// Default false.
        pub unknown_paging_is_error: bool = false,
        /// Minutes that the data center's clock is from UTC; `Edm.DateTime` time stamps are in it
        /// (KBA 2933028). Default −300.
        pub server_utc_offset_minutes: i32 = -300,
        /// Properties that a new user must have; tenant configuration (KBA 3307746).
        /// Default `userId`, `username`, `status`.
        pub required_for_create: Vec<String> = ["userId", "username", "status"].map(str::to_owned).to_vec(),
        /// An explicit null in an incremental upsert clears the field; unconfirmed
        /// (docs/successfactors.md#clearing-values). Default true.
        pub null_clears: bool = true,
        /// Setting an inactive user to active needs `processInactiveEmployees`; unconfirmed
        /// (docs/successfactors.md#creating-and-changing-a-user). Default true.
        pub reactivation_needs_flag: bool = true,
        /// `processInactiveEmployees=true` lets inactive users be written. Without the Effective Dated Data Platform it does
        /// nothing (KBA 2768078). Default true.
        pub process_inactive_parameter: bool = true,
        /// The id of the API option profile with *Process Inactive Employees*, which an upsert of `User` names in
        /// `apiOptionProfileID` (KBA 2768078, 2659144). Default empty: there is none.
        pub process_inactive_profile: String = String::new(),
        /// One failed row keeps the others of its request from being saved (KBA 2936182 against everyday
        /// practice, docs/successfactors.md#upsert-parameters). Default false.
        pub array_is_atomic: bool = false,
        /// A row that changes nothing says so in a warning (docs/successfactors.md#upsert-rows; unconfirmed for
        /// `User`). Default true.
        pub warn_unchanged: bool = true,
        /// Status `e` or `d` in an upsert is a top-level 500 instead of a row error (KBA 2994898). Default false.
        pub external_status_is_global: bool = false,
        /// The shortest password that the policy takes. Default 8; letters and digits are needed too.
        pub password_min_length: usize = 8,
        /// A row that was only updated says `UPDATED` and 204, as one capture has it
        /// (docs/successfactors.md#upsert-rows). Default false: `UPSERTED` and 200.
        pub report_updated: bool = false,
        /// A filter on `lastModified…` of an effective-dated entity is judged over all slices of its owner
        /// (KBA 2920680). Default true.
        pub delta_over_all_slices: bool = true,
        /// A new time slice has the values of the one before where the record leaves them out; unconfirmed
        /// (docs/successfactors.md#time-slices). Default true.
        pub slices_inherit: bool = true,
        /// A second primary e-mail or phone demotes the first instead of failing, as with the opt-in setting
        /// (docs/successfactors.md#e-mail-and-phone). Default false.
        pub primary_demotes_others: bool = false,
        /// A row of any entity but `User` must have what `sap:required` of its metadata says, and may not clear it; what
        /// is required is tenant configuration, see [`Profile`](super::Profile). Without, a key is enough, and for `EmpJob` its event
        /// reason and manager. Default true.
        pub enforce_required: bool = true,
        /// A write to Employee Central changes the user at once where it holds today, as the end of a change in
        /// the user interface does; for the API unconfirmed (KBA 3308618). Default true.
        pub hris_sync_on_write: bool = true,
        /// HRIS sync runs with the first request of each new day of the tenant's clock, and overwrites what was
        /// written to `User` meanwhile (KBA 2948448). Default false: it runs when it is asked for.
        pub hris_sync_daily: bool = false,
        /// A write to a name, e-mail or phone moves `PerPerson.lastModifiedDateTime` too; unconfirmed
        /// (docs/successfactors.md#deltas). Default false.
        pub child_change_touches_person: bool = false,
        /// A collection of `EmpJob` leaves terminated people out unless the filter names `emplStatus`;
        /// unconfirmed per entity (docs/successfactors.md#who-is-listed). Default false.
        pub hide_terminated_jobs: bool = false,
        /// `purgeType=record` on an HRIS entity is refused; one source says that it is for MDF entities and `User`
        /// only, another that it is the same as incremental (docs/successfactors.md#upsert-parameters). Default false:
        /// as incremental.
        pub record_purge_of_hris_is_error: bool = false,
        /// A collection of `EmpEmployment` leaves employments out that begin after the last day that is looked at:
        /// future hires need `fromDate` and `toDate` (docs/successfactors.md#future-hires). Default true.
        pub hide_future_employments: bool = true,
        /// The order of a list that asks for none: as captured from a live tenant, people and employments come in no order
        /// of anything. Default [`ListOrder::EmployeeCentral`].
        pub list_order: ListOrder = ListOrder::EmployeeCentral,
        /// The outer status of a `$batch`, 200 or 202; unconfirmed (docs/successfactors.md#batches). Default 200.
        pub batch_status: u16 = 200,
        /// The status of a change set in which a record of an upsert failed on business grounds, as captured in
        /// KBA 3709239. Default 400.
        pub changeset_error_status: u16 = 400,
        /// The status of COE0020, no permission; unconfirmed (docs/successfactors.md#odata-errors). Default 403.
        pub forbidden_status: u16 = 403,
        /// An upsert reaches only users of the target population; unconfirmed (docs/successfactors.md#verbs). Default
        /// true.
        pub population_binds_writes: bool = true,
        /// The status of LGN0003 for no credentials: 401 in captures of 2026, 403 in the list of 2017
        /// (docs/successfactors.md#logon-errors). Default 401.
        pub missing_credentials_status: u16 = 401,
        /// Snapshots of one entity in a row that may stay unread before snapshots of it are blocked for 30
        /// minutes (KBA 2749091; the number is unconfirmed, docs/successfactors.md#blocked-snapshots). 0 is any number.
        /// Default 20.
        pub snapshot_quota: u32 = 20,
        /// Entities that may have unread snapshots before all snapshots are blocked; unconfirmed too. 0 is any
        /// number. Default 10.
        pub snapshot_quota_entities: usize = 10,
        /// The status of `COE_SNAPSHOT_BAD_REQUEST`; unconfirmed (docs/successfactors.md#blocked-snapshots). Default
        /// 400.
        pub snapshot_block_status: u16 = 400,
        /// Later pages of a snapshot need the session's cookie, as an older KBA and one adapter have it
        /// (docs/successfactors.md#snapshots). Default false.
        pub snapshot_needs_session: bool = false,
        /// Function imports answer a collection as `{"d":{"results":[…]}}` instead of `{"d":[…]}`
        /// (docs/successfactors.md#function-imports). Default false.
        pub function_collections_have_results: bool = false,
        /// Function imports answer a primitive as `{"d":true}` instead of `{"d":{"NAME":true}}`
        /// (docs/successfactors.md#function-imports). Default false.
        pub function_primitives_are_bare: bool = false,
        /// The longest path with query, in bytes, before the front end answers 414; unconfirmed
        /// (docs/successfactors.md#long-addresses). Requests inside of a `$batch` have no limit. 0 is any length.
        /// Default 8192.
        pub max_url_bytes: usize = 8192,
        /// Take assertions in base64url too, as RFC 7522 has it; unconfirmed (docs/successfactors.md#token-request).
        /// Default false.
        pub accept_base64url: bool = false,
        /// The status of `/oauth/token` for an assertion that is expired, early, malformed or for somebody else, and
        /// for an unknown client or company; unconfirmed (docs/successfactors.md#refused-tokens). Default 401.
        pub token_refused_status: u16 = 401,
        /// Function imports answer a collection of entities as `{"d":[…]}` instead of `{"d":{"results":[…]}}`
        /// (docs/successfactors.md#function-imports). Default false.
        pub function_entities_are_bare: bool = false,
        /// The words of `updateStaticGroup` that add and take away; unconfirmed, these are those of the import in the
        /// user interface (docs/successfactors.md#static-groups, KBA 2956909). Default `ADD`, `REMOVE`.
        pub static_group_actions: [String; 2] = ["ADD", "REMOVE"].map(str::to_owned),
        /// `updateStaticGroup` returns how many members the group has then, instead of how many came or went;
        /// unconfirmed (docs/successfactors.md#static-groups). Default false.
        pub static_group_returns_total: bool = false,
        /// `updateStaticGroup` refuses a list with an unknown user, instead of passing over it; unconfirmed
        /// (docs/successfactors.md#static-groups). Default false.
        pub static_group_unknown_user_is_error: bool = false,
        /// `updateStaticGroup` moves the group's `lastModifiedDate`; unconfirmed
        /// (docs/successfactors.md#static-groups). Default false.
        pub static_group_update_is_dated: bool = false,
        /// The field `std_username` of a group's filter is the userId, not the username; unconfirmed (KBA 3341990).
        /// Default false.
        pub group_username_is_user_id: bool = false,
        /// Members outside of the target population are left out of `getUsersByDynamicGroup`; unconfirmed
        /// (docs/successfactors.md#permission-groups). Default false.
        pub population_binds_groups: bool = false,
        /// The texts of `getRolesPermissions`, `getUsersPermissions`, `getUserRolesReport` and
        /// `getPermissionMetadata` are XML, not JSON; unconfirmed (docs/successfactors.md#function-imports). Default
        /// false.
        pub permission_texts_are_xml: bool = false,
        /// In a change set `$1` is the entity that the request with the `Content-ID` 1 before it made, and answers repeat
        /// the id; unconfirmed (docs/successfactors.md#batches). Default false: `$1` is an entity that is not there.
        pub content_id_references: bool = false,
        /// A `recordStatus` that is neither `normal` nor `pending` is refused instead of ignored; unconfirmed
        /// (docs/successfactors.md#effective-dates). Default false.
        pub unknown_record_status_is_error: bool = false,
        /// Text in front of the first boundary of a `$batch` is passed over, as RFC 2046 allows, instead of refused as it
        /// is in a change set (SAP/python-pyodata issue 285); unconfirmed for the outer body. Default false.
        pub batch_preamble: bool = false,
        /// `PATCH` of an entity is `MERGE`. One report says that SuccessFactors does not take it (SAP/cloud-sdk-js issue
        /// 1323); the status of the refusal, 405, is unconfirmed. Default false.
        pub patch_is_merge: bool = false,
        /// A change set of a `$batch` takes `MERGE`, and `PATCH` where that is one. The same report says that it does not.
        /// Default false.
        pub merge_in_batch: bool = false,
        /// `/oauth/idp` signs an assertion with the private key that the request brings, until SAP removes it, which is
        /// announced for May 2027 (docs/successfactors.md#the-deprecated-assertion-service, KBA 3462403). Default true;
        /// false is the 404 of a path that leads nowhere.
        pub oauth_idp: bool = true,
        /// Blanks in `assertion` are plus signs that somebody did not percent-encode. A client in wide use sends it so
        /// (data-integrations/successfactors-plugins), so that a tenant most likely takes it; by the book the signature
        /// fails then (docs/successfactors.md#token-request). Default true.
        pub blanks_are_plus: bool = true,
    }
}

/// The order of the rows of a list without `$orderby`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListOrder {
    /// By the key.
    ByKey,
    /// No order for the entities of people and employments, as captured from a live tenant; the others by the key,
    /// for which there is no witness.
    #[default]
    EmployeeCentral,
    /// No order for any entity.
    None,
}

/// The port in the absolute URIs of answers (`__metadata.uri`, `__next`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UriPort {
    /// `:443` whatever the port is, as behind the edge of an old data center: only path and query of such
    /// a URI can be followed (docs/successfactors.md#json-envelopes, KBA 2489065).
    Always443,
    /// The host and port that the client named: a tenant of 2025 names no port in `https` links, which is the one
    /// that it was asked at (docs/successfactors.md#json-envelopes, docs/successfactors.md#headers-of-answers).
    #[default]
    AsRequested,
}
