//! Function imports (protocol sheet §7): a table of names, parameters and return types, from which the metadata is
//! made, with what each of them does. A new one is a row here and a function in `users.rs` or a file like it.

mod answer;
mod arguments;
mod users;

use axum::http::Method;
use serde_json::Value;

use crate::error::ODataError;
use crate::function::arguments::Arguments;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::server::Server;

/// What a function import is called with.
pub(crate) struct Context<'a> {
    server: &'a Server,
    call: &'a Call,
    arguments: Arguments<'a>,
}

/// A function import.
pub(crate) struct Function {
    name: &'static str,
    method: Method,
    /// The EDM type as the metadata writes it; the shape of the answer follows from it.
    returns: Option<&'static str>,
    /// What it does; `None` is the answer of one that returns nothing.
    run: fn(&Context<'_>) -> Result<Option<Value>, ODataError>,
}

const TEXT: &str = "Edm.String";
const FLAG: &str = "Edm.Boolean";

/// Those that need nothing but users. `upsert` has a place of its own.
const FUNCTIONS: &[Function] = &[
    Function { name: "getUserNameFormat", method: Method::GET, returns: Some(TEXT), run: users::name_format },
    Function {
        name: "getPasswordPolicy",
        method: Method::GET,
        returns: Some(TEXT),
        run: users::password_policy,
    },
    Function {
        name: "isValidSession",
        method: Method::GET,
        returns: Some(FLAG),
        run: users::is_valid_session,
    },
    Function { name: "logout", method: Method::GET, returns: None, run: users::logout },
    Function { name: "refreshMetadata", method: Method::GET, returns: None, run: users::refresh_metadata },
    Function {
        name: "checkUserPermission",
        method: Method::GET,
        returns: Some(FLAG),
        run: users::check_user_permission,
    },
];

/// The function import that a path names.
pub(crate) fn find(segments: &[&str]) -> Option<&'static Function> {
    let [name] = segments else { return None };
    FUNCTIONS.iter().find(|function| function.name == *name)
}

impl Function {
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
        let value = (self.run)(&context)?;
        Ok(answer::reply(self, value, call.format(), &server.options.switches))
    }
}
