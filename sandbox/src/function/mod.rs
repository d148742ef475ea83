//! Function imports (protocol sheet §7): a table of names, parameters and return types, from which the metadata is
//! made, with what each of them does. A new one is a row here and a function in `users.rs` or a file like it.

mod answer;
mod arguments;
mod check;
mod groups;
mod person;
mod roles;
mod static_group;
mod users;

use crate::error::ODataError;
use crate::function::answer::Answer;
use crate::function::arguments::Arguments;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::options::Switches;
use crate::server::Server;
use crate::tenant::Tenant;
use axum::http::Method;

/// What a function import is called with.
pub(crate) struct Context<'a> {
    server: &'a Server,
    call: &'a Call,
    arguments: Arguments<'a>,
}

type Outcome = Result<Answer, ODataError>;

/// A function import.
pub(crate) struct Function {
    name: &'static str,
    method: Method,
    /// The EDM type as the metadata writes it; the shape of the answer follows from it.
    returns: Option<&'static str>,
    /// What it does.
    run: fn(&Context<'_>) -> Outcome,
}

const TEXT: &str = "Edm.String";
const FLAG: &str = "Edm.Boolean";
const GROUP: &str = "SFOData.DynamicGroup";

/// A function that reads, or that changes something though it is a GET.
const fn get(name: &'static str, returns: &'static str, run: fn(&Context<'_>) -> Outcome) -> Function {
    Function { name, method: Method::GET, returns: Some(returns), run }
}

/// A function with a method that says what it does.
const fn post(name: &'static str, returns: &'static str, run: fn(&Context<'_>) -> Outcome) -> Function {
    Function { name, method: Method::POST, returns: Some(returns), run }
}

/// All of them but `upsert`, which has a place of its own.
const FUNCTIONS: &[Function] = &[
    get("getUserNameFormat", TEXT, users::name_format),
    get("getPasswordPolicy", TEXT, users::password_policy),
    get("isValidSession", FLAG, users::is_valid_session),
    Function { name: "logout", method: Method::GET, returns: None, run: users::logout },
    Function { name: "refreshMetadata", method: Method::GET, returns: None, run: users::refresh_metadata },
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

/// The function import that a path names.
pub(crate) fn find(segments: &[&str]) -> Option<&'static Function> {
    let [name] = segments else { return None };
    FUNCTIONS.iter().find(|function| function.name == *name)
}

/// `generateNextPersonID` inside of a change set, where a writer has the tenant for itself (KBA 2355576).
///
/// # Errors
///
/// None but those of every function.
pub(crate) fn next_person_id(server: &Server, tenant: &Tenant, call: &Call) -> Result<Reply, ODataError> {
    let name = "generateNextPersonID";
    let function = find(&[name]).ok_or_else(|| ODataError::entity_not_found(name))?;
    let context = Context { server, call, arguments: Arguments::new(call) };
    answer::reply(function, person::taken(server, tenant), &context)
}

impl Function {
    /// Whether it is called with a method.
    pub(crate) fn takes(&self, method: &Method) -> bool {
        self.method == *method
    }

    /// Calls it.
    ///
    /// # Errors
    ///
    /// Another method than its own, an argument that is missing or of the wrong type.
    pub(crate) fn answer(&self, server: &Server, call: &Call) -> Result<Reply, ODataError> {
        if call.method != self.method {
            return Err(ODataError::entity_not_found(self.name));
        }
        let context = Context { server, call, arguments: Arguments::new(call) };
        answer::reply(self, (self.run)(&context)?, &context)
    }
}

impl Context<'_> {
    fn switches(&self) -> &Switches {
        &self.server.options.switches
    }

    /// A number that must be there.
    fn id(&self, name: &str) -> Result<i64, ODataError> {
        let missing = || ODataError::bad_request(&format!("The parameter {name} is missing"));
        self.arguments.number(name)?.ok_or_else(missing)
    }
}
