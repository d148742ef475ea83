//! The function imports: a table of names and return types, with what each of them does; `data/functions.tsv` has their
//! parameters for the metadata. A new one is a row in both and a function in `users.rs` or a file like it.

mod check;
mod groups;
mod person;
mod roles;
mod static_group;
mod users;

use axum::http::Method;

use crate::server::function::{Function, Run, get, post};

const TEXT: &str = "Edm.String";
const FLAG: &str = "Edm.Boolean";
const GROUP: &str = "SFOData.DynamicGroup";

/// All of them but `upsert`, which has a place of its own.
const FUNCTIONS: &[Function] = &[
    get("getUserNameFormat", TEXT, users::name_format),
    get("getPasswordPolicy", TEXT, users::password_policy),
    get("isValidSession", FLAG, users::is_valid_session),
    Function { name: "logout", method: Method::GET, returns: None, run: Run::Alone(users::logout) },
    Function {
        name: "refreshMetadata",
        method: Method::GET,
        returns: None,
        run: Run::Alone(users::refresh_metadata),
    },
    get("checkUserPermission", FLAG, check::one),
    post("checkUserPermissions", TEXT, check::many),
    get("getDynamicGroupsByUser", "Collection(SFOData.DynamicGroupBean)", groups::of_user),
    get("getUsersByDynamicGroup", "Collection(SFOData.DynamicGroupUserBean)", groups::members),
    get("getExpandedDynamicGroupById", GROUP, groups::expanded_by_id),
    get("getExpandedDynamicGroupByName", GROUP, groups::expanded_by_name),
    get("getExpandedDynamicGroupByNameAndSubType", GROUP, groups::expanded_by_name_and_type),
    get("updateStaticGroup", "Edm.Int32", static_group::update),
    get("getUserRolesByUserId", "Collection(SFOData.RBPRole)", roles::of_user),
    get("getUserRolesReport", TEXT, roles::report),
    get("getUsersPermissions", TEXT, roles::of_users),
    get("getRolesPermissions", TEXT, roles::of_roles),
    get("getPermissionMetadata", TEXT, roles::metadata),
    get("convertAssignmentIdExternal", TEXT, person::convert_assignment),
    post("generateNextPersonID", "SFOData.GenerateNextPersonIDResponse", person::next_id),
];

/// Those that change something, most of them though they are called with GET: that is the protocol
/// (docs/successfactors.md#function-imports).
const CHANGING: &[&str] = &[
    "logout",
    "refreshMetadata",
    "updateStaticGroup",
    "convertAssignmentIdExternal",
    "generateNextPersonID",
];

/// The function import that a path names.
pub(crate) fn find(segments: &[&str]) -> Option<&'static Function> {
    let [name] = segments else { return None };
    FUNCTIONS.iter().find(|function| function.name == *name)
}

/// Whether a function changes something.
pub(crate) fn changes(function: &Function) -> bool {
    CHANGING.contains(&function.name)
}
