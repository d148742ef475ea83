//! How a tenant is made: its size, its company, its clock, and a switch for each point that the
//! reference leaves unconfirmed.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::access::Access;
use crate::clock::{Clock, SystemClock};
use crate::evidence::RecordedRequest;
use crate::fault::Fault;
use crate::model::Entity;
use crate::tls::Tls;

/// A callback that is given each request after its answer was made.
pub type OnRequest = Arc<dyn Fn(&RecordedRequest) + Send + Sync>;

/// What tenant to start. `Options::default()` is a company of 1,000 people on a free local port.
#[derive(Clone)]
pub struct Options {
    /// Where to listen. Port 0, the default, takes a free one.
    pub listen: SocketAddr,
    /// Names besides those of this machine's loopback, such as `tenant.test`, under which requests may ask for the
    /// tenant, without a port. Every other name in a `Host` is refused, so that no web page can reach the tenant by
    /// a name of its own that leads here.
    pub host_names: Vec<String>,
    /// What opens the control interface, sent as `Authorization: Bearer`. `None`, the default, leaves it open on a
    /// loopback address and shut on any other.
    pub control_token: Option<String>,
    /// How many rows the `User` entity has, the API user and the pseudo user `v4admin` included: the
    /// number that a query with all six statuses counts. At least 2.
    pub people: usize,
    /// The people are the same for the same seed, number and company.
    pub seed: u64,
    /// The company id, compared with its case (KBA 2524436).
    pub company: String,
    /// The userId of the API user; its username is the same text (protocol sheet §1.2).
    pub api_user: String,
    /// The OAuth client's private key as PKCS#8 PEM, RSA of at least 2048 bits. `None` takes one that no
    /// other tenant of this process has: that of one that has ended, or a new one.
    pub private_key_pem: Option<String>,
    /// The OAuth client's id, which SuccessFactors calls API key. `None` derives one from the seed.
    pub client_id: Option<String>,
    /// Rows of a page, 1 to 1000 (KBA 2489065).
    pub page_size: usize,
    /// The tenant's clock.
    pub clock: Arc<dyn Clock>,
    /// Which properties exist.
    pub profile: Profile,
    /// The points that are unconfirmed, and the habits that a test may want to change.
    pub switches: Switches,
    /// What the API user may see and do.
    pub access: Access,
    /// A second port, with mutual TLS. `None`, the default, has none.
    pub tls: Option<Tls>,
    /// Troubles that are there from the start.
    pub faults: Vec<Fault>,
    /// How many requests are remembered; the oldest are forgotten first.
    pub remember_requests: usize,
    /// Called with each request, for a line in a log.
    pub on_request: Option<OnRequest>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            host_names: Vec::new(),
            control_token: None,
            people: 1000,
            seed: 1,
            company: "ACME".to_owned(),
            api_user: "sfapi".to_owned(),
            private_key_pem: None,
            client_id: None,
            page_size: 1000,
            clock: Arc::new(SystemClock),
            profile: Profile::default(),
            switches: Switches::default(),
            access: Access::default(),
            tls: None,
            faults: Vec::new(),
            remember_requests: 10_000,
            on_request: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Options")
            .field("listen", &self.listen)
            .field("host_names", &self.host_names)
            .field("people", &self.people)
            .field("seed", &self.seed)
            .field("company", &self.company)
            .field("api_user", &self.api_user)
            .field("page_size", &self.page_size)
            .field("profile", &self.profile)
            .field("switches", &self.switches)
            .field("access", &self.access)
            .field("tls", &self.tls)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

/// Which properties of the known ones a tenant has: they differ by configuration (entity sheet §4.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// The set to begin with.
    pub base: BaseProfile,
    /// Properties to add: of `User` by name, as `jobTitle` or `companyExitDate`, of other entities as
    /// `EmpJob/notes`. Unknown names stop the start.
    pub with: Vec<String>,
    /// Properties to take away. The key stays.
    pub without: Vec<String>,
    /// Properties that this tenant requires besides: `sap:required` says so, and a new row needs them.
    pub required: Vec<String>,
    /// Properties that this tenant does not require. Keys stay required.
    pub optional: Vec<String>,
}

/// A set of properties to begin a [`Profile`] with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseProfile {
    /// Like the tenant of 2020 that the entity sheet calls TEN20: 80 of the 138 properties of `User`; no
    /// `jobTitle`, no `salutation`, no salary.
    #[default]
    Ten20,
    /// All 138 properties of the API Business Hub.
    Hub,
}

/// Habits of the tenant that can be changed. Each field states its default and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent switch of the register of unconfirmed points"
)]
pub struct Switches {
    /// Seconds of grace on `NotBefore` and `NotOnOrAfter`; unconfirmed (§1.1.3). Default 0.
    pub clock_tolerance_seconds: i64,
    /// Accept RSA-SHA1 signatures, as one public client sends (§1.1.3). Default true.
    pub accept_sha1: bool,
    /// Seconds that a token lives (KBA 2872019). Default 86400.
    pub token_lifetime_seconds: i64,
    /// `new_token=true` ends the older tokens; unconfirmed (§14.4). Default false.
    pub new_token_ends_others: bool,
    /// The status of an expired or unknown token, 403 or 401 (§8.2, §14.6). Default 403.
    pub token_rejected_status: u16,
    /// The API user may use OData; without, everything is LGN0002 (KBA 2524436). Default true.
    pub odata_permission: bool,
    /// The API user is locked (KBA 3336550). Default false.
    pub api_user_locked: bool,
    /// A write that carries the session cookie needs the session's `X-CSRF-Token`, else 403; details are
    /// unconfirmed (§11, §14.14). Default true.
    pub csrf_on_cookie_writes: bool,
    /// The port of absolute URIs in answers. Default [`UriPort::AsRequested`].
    pub uri_port: UriPort,
    /// Refuse `$filter` on properties with `sap:filterable="false"`; unconfirmed for live tenants
    /// (entity sheet §4.1). Default true.
    pub enforce_filterable: bool,
    /// `status ne 'x'` leaves the implicit filter on (KBA 2736579, item 3). Default true.
    pub status_ne_trap: bool,
    /// `ne` is true for a null; standard OData V2, unconfirmed. Default true.
    pub null_matches_ne: bool,
    /// Texts in `$filter` compare without case; unconfirmed (§4.1). Default false.
    pub case_insensitive_filter: bool,
    /// Users expanded from a key predicate are active ones only (KBA 3436023, against KBA 2736579).
    /// Default true.
    pub key_expand_active_only: bool,
    /// `/User/$metadata` has the navigations whose target is in the document, as captured from live
    /// tenants; one source says that it has none (§2.2). Default true.
    pub scoped_metadata_navigations: bool,
    /// An unsupported `paging=` value is answered 400 instead of a silent fall back (§3.1). Default false.
    pub unknown_paging_is_error: bool,
    /// Minutes that the data center's clock is from UTC; `Edm.DateTime` time stamps are in it
    /// (KBA 2933028). Default −300.
    pub server_utc_offset_minutes: i32,
    /// Properties that a new user must have; tenant configuration (KBA 3307746).
    /// Default `userId`, `username`, `status`.
    pub required_for_create: Vec<String>,
    /// An explicit null in an incremental upsert clears the field; unconfirmed (§14.8). Default true.
    pub null_clears: bool,
    /// Setting an inactive user to active needs `processInactiveEmployees`; unconfirmed (§5.5). Default true.
    pub reactivation_needs_flag: bool,
    /// `processInactiveEmployees=true` lets inactive users be written. Without the Effective Dated Data Platform it does
    /// nothing (KBA 2768078). Default true.
    pub process_inactive_parameter: bool,
    /// The id of the API option profile with *Process Inactive Employees*, which an upsert of `User` names in
    /// `apiOptionProfileID` (KBA 2768078, 2659144). Default empty: there is none.
    pub process_inactive_profile: String,
    /// One failed row keeps the others of its request from being saved (KBA 2936182 against everyday
    /// practice, §5.3). Default false.
    pub array_is_atomic: bool,
    /// A row that changes nothing says so in a warning (§5.4; unconfirmed for `User`). Default true.
    pub warn_unchanged: bool,
    /// Status `e` or `d` in an upsert is a top-level 500 instead of a row error (KBA 2994898). Default false.
    pub external_status_is_global: bool,
    /// The shortest password that the policy takes. Default 8; letters and digits are needed too.
    pub password_min_length: usize,
    /// A row that was only updated says `UPDATED` and 204, as one capture has it (entity sheet §7.17).
    /// Default false: `UPSERTED` and 200.
    pub report_updated: bool,
    /// A filter on `lastModified…` of an effective-dated entity is judged over all slices of its owner
    /// (KBA 2920680). Default true.
    pub delta_over_all_slices: bool,
    /// A new time slice has the values of the one before where the record leaves them out; unconfirmed
    /// (entity sheet §7.12). Default true.
    pub slices_inherit: bool,
    /// A second primary e-mail or phone demotes the first instead of failing, as with the opt-in setting
    /// (entity sheet §7.13). Default false.
    pub primary_demotes_others: bool,
    /// A row of any entity but `User` must have what `sap:required` of its metadata says, and may not clear it; what
    /// is required is tenant configuration, see [`Profile`]. Without, a key is enough, and for `EmpJob` its event
    /// reason and manager. Default true.
    pub enforce_required: bool,
    /// A write to Employee Central changes the user at once where it holds today, as the end of a change in
    /// the user interface does; for the API unconfirmed (KBA 3308618). Default true.
    pub hris_sync_on_write: bool,
    /// HRIS sync runs with the first request of each new day of the tenant's clock, and overwrites what was
    /// written to `User` meanwhile (KBA 2948448). Default false: it runs when it is asked for.
    pub hris_sync_daily: bool,
    /// A write to a name, e-mail or phone moves `PerPerson.lastModifiedDateTime` too; unconfirmed (§4.4).
    /// Default false.
    pub child_change_touches_person: bool,
    /// A collection of `EmpJob` leaves terminated people out unless the filter names `emplStatus`;
    /// unconfirmed per entity (§4.2, item 7). Default false.
    pub hide_terminated_jobs: bool,
    /// `purgeType=record` on an HRIS entity is refused; one source says that it is for MDF entities and `User`
    /// only, another that it is the same as incremental (§5.3). Default false: as incremental.
    pub record_purge_of_hris_is_error: bool,
    /// A collection of `EmpEmployment` leaves employments out that begin after the last day that is looked at:
    /// future hires need `fromDate` and `toDate` (entity sheet §7.4). Default true.
    pub hide_future_employments: bool,
    /// The order of a list that asks for none: as captured from a live tenant, people and employments come in no order
    /// of anything. Default [`ListOrder::EmployeeCentral`].
    pub list_order: ListOrder,
    /// The outer status of a `$batch`, 200 or 202; unconfirmed (§14.13). Default 200.
    pub batch_status: u16,
    /// The status of a change set in which a record of an upsert failed on business grounds, as captured in
    /// KBA 3709239. Default 400.
    pub changeset_error_status: u16,
    /// The status of COE0020, no permission; unconfirmed (§8.3). Default 403.
    pub forbidden_status: u16,
    /// An upsert reaches only users of the target population; unconfirmed (§5.1). Default true.
    pub population_binds_writes: bool,
    /// The status of LGN0003 for no credentials: 401 in captures of 2026, 403 in the list of 2017 (§8.2).
    /// Default 401.
    pub missing_credentials_status: u16,
    /// Snapshots of one entity in a row that may stay unread before snapshots of it are blocked for 30
    /// minutes (KBA 2749091; the number is unconfirmed, §14.10). 0 is any number. Default 20.
    pub snapshot_quota: u32,
    /// Entities that may have unread snapshots before all snapshots are blocked; unconfirmed too. 0 is any
    /// number. Default 10.
    pub snapshot_quota_entities: usize,
    /// The status of `COE_SNAPSHOT_BAD_REQUEST`; unconfirmed (§14.10). Default 400.
    pub snapshot_block_status: u16,
    /// Later pages of a snapshot need the session's cookie, as an older KBA and one adapter have it (§3.2,
    /// item 5). Default false.
    pub snapshot_needs_session: bool,
    /// Function imports answer a collection as `{"d":{"results":[…]}}` instead of `{"d":[…]}` (§14.7).
    /// Default false.
    pub function_collections_have_results: bool,
    /// Function imports answer a primitive as `{"d":true}` instead of `{"d":{"NAME":true}}` (§14.7). Default
    /// false.
    pub function_primitives_are_bare: bool,
    /// The longest path with query, in bytes, before the front end answers 414; unconfirmed (§2.6, §14.17).
    /// Requests inside of a `$batch` have no limit. 0 is any length. Default 8192.
    pub max_url_bytes: usize,
    /// Take assertions in base64url too, as RFC 7522 has it; unconfirmed (§1.1.1, §14.3). Default false.
    pub accept_base64url: bool,
    /// The status of `/oauth/token` for an assertion that is expired, early, malformed or for somebody else, and
    /// for an unknown client or company; unconfirmed (§1.1.4, §14.1). Default 401.
    pub token_refused_status: u16,
    /// Function imports answer a collection of entities as `{"d":[…]}` instead of `{"d":{"results":[…]}}` (§7,
    /// §14.7). Default false.
    pub function_entities_are_bare: bool,
    /// The words of `updateStaticGroup` that add and take away; unconfirmed, these are those of the import in the
    /// user interface (§14.15, KBA 2956909). Default `ADD`, `REMOVE`.
    pub static_group_actions: [String; 2],
    /// `updateStaticGroup` returns how many members the group has then, instead of how many came or went;
    /// unconfirmed (entity sheet §7.8). Default false.
    pub static_group_returns_total: bool,
    /// `updateStaticGroup` refuses a list with an unknown user, instead of passing over it; unconfirmed (entity
    /// sheet §7.8). Default false.
    pub static_group_unknown_user_is_error: bool,
    /// `updateStaticGroup` moves the group's `lastModifiedDate`; unconfirmed (entity sheet §7.15). Default false.
    pub static_group_update_is_dated: bool,
    /// The field `std_username` of a group's filter is the userId, not the username; unconfirmed (KBA 3341990).
    /// Default false.
    pub group_username_is_user_id: bool,
    /// Members outside of the target population are left out of `getUsersByDynamicGroup`; unconfirmed (entity
    /// sheet §7.8). Default false.
    pub population_binds_groups: bool,
    /// The texts of `getRolesPermissions`, `getUsersPermissions`, `getUserRolesReport` and
    /// `getPermissionMetadata` are XML, not JSON; unconfirmed (§14.15, entity sheet §7.9). Default false.
    pub permission_texts_are_xml: bool,
    /// In a change set `$1` is the entity that the request with the `Content-ID` 1 before it made, and answers repeat
    /// the id; unconfirmed (§6, §14.13). Default false: `$1` is an entity that is not there.
    pub content_id_references: bool,
    /// A `recordStatus` that is neither `normal` nor `pending` is refused instead of ignored; unconfirmed (§4.3, item
    /// 8). Default false.
    pub unknown_record_status_is_error: bool,
    /// Text in front of the first boundary of a `$batch` is passed over, as RFC 2046 allows, instead of refused as it
    /// is in a change set (SAP/python-pyodata issue 285); unconfirmed for the outer body. Default false.
    pub batch_preamble: bool,
    /// `PATCH` of an entity is `MERGE`. One report says that SuccessFactors does not take it (SAP/cloud-sdk-js issue
    /// 1323); the status of the refusal, 405, is unconfirmed. Default false.
    pub patch_is_merge: bool,
    /// A change set of a `$batch` takes `MERGE`, and `PATCH` where that is one. The same report says that it does not.
    /// Default false.
    pub merge_in_batch: bool,
    /// `/oauth/idp` signs an assertion with the private key that the request brings, until SAP removes it, which is
    /// announced for May 2027 (§1.1.5, KBA 3462403). Default true; false is the 404 of a path that leads nowhere.
    pub oauth_idp: bool,
    /// Blanks in `assertion` are plus signs that somebody did not percent-encode. A client in wide use sends it so
    /// (data-integrations/successfactors-plugins), so that a tenant most likely takes it; §1.1.1 says that the
    /// signature fails then. Default true.
    pub blanks_are_plus: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            clock_tolerance_seconds: 0,
            accept_sha1: true,
            token_lifetime_seconds: 86_400,
            new_token_ends_others: false,
            token_rejected_status: 403,
            odata_permission: true,
            api_user_locked: false,
            csrf_on_cookie_writes: true,
            uri_port: UriPort::AsRequested,
            enforce_filterable: true,
            status_ne_trap: true,
            null_matches_ne: true,
            case_insensitive_filter: false,
            key_expand_active_only: true,
            scoped_metadata_navigations: true,
            unknown_paging_is_error: false,
            server_utc_offset_minutes: -300,
            required_for_create: ["userId", "username", "status"].map(str::to_owned).to_vec(),
            null_clears: true,
            reactivation_needs_flag: true,
            process_inactive_parameter: true,
            process_inactive_profile: String::new(),
            array_is_atomic: false,
            warn_unchanged: true,
            external_status_is_global: false,
            password_min_length: 8,
            report_updated: false,
            delta_over_all_slices: true,
            slices_inherit: true,
            primary_demotes_others: false,
            enforce_required: true,
            hris_sync_on_write: true,
            hris_sync_daily: false,
            child_change_touches_person: false,
            hide_terminated_jobs: false,
            record_purge_of_hris_is_error: false,
            hide_future_employments: true,
            list_order: ListOrder::EmployeeCentral,
            batch_status: 200,
            changeset_error_status: 400,
            forbidden_status: 403,
            population_binds_writes: true,
            missing_credentials_status: 401,
            snapshot_quota: 20,
            snapshot_quota_entities: 10,
            snapshot_block_status: 400,
            snapshot_needs_session: false,
            function_collections_have_results: false,
            function_primitives_are_bare: false,
            max_url_bytes: 8192,
            accept_base64url: false,
            token_refused_status: 401,
            function_entities_are_bare: false,
            static_group_actions: ["ADD", "REMOVE"].map(str::to_owned),
            static_group_returns_total: false,
            static_group_unknown_user_is_error: false,
            static_group_update_is_dated: false,
            group_username_is_user_id: false,
            population_binds_groups: false,
            permission_texts_are_xml: false,
            content_id_references: false,
            unknown_record_status_is_error: false,
            batch_preamble: false,
            patch_is_merge: false,
            merge_in_batch: false,
            oauth_idp: true,
            blanks_are_plus: true,
        }
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

impl ListOrder {
    /// Whether the lists of an entity have no order.
    pub(crate) fn stirs(self, entity: &Entity) -> bool {
        match self {
            Self::ByKey => false,
            Self::EmployeeCentral => ["Per", "Emp"].iter().any(|start| entity.name.starts_with(start)),
            Self::None => true,
        }
    }
}

/// The port in the absolute URIs of answers (`__metadata.uri`, `__next`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UriPort {
    /// `:443` whatever the port is, as behind the edge of an old data center: only path and query of such
    /// a URI can be followed (protocol sheet §2.4, KBA 2489065).
    Always443,
    /// The host and port that the client named: a tenant of 2025 names no port in `https` links, which is the one
    /// that it was asked at (EC sheet §1.1 and B1).
    #[default]
    AsRequested,
}
