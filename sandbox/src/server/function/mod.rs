//! Function imports (docs/successfactors.md#function-imports): how one is called and answered. Which there are is a
//! table in `habit/function`.

pub(crate) mod answer;
pub(crate) mod arguments;

use crate::error::ODataError;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::options::switches::Switches;
use crate::server::Server;
use crate::server::function::answer::Answer;
use crate::server::function::arguments::Arguments;
use crate::state::tenant::Tenant;
use axum::http::Method;

/// What a function import is called with.
pub(crate) struct Context<'a> {
    pub(crate) server: &'a Server,
    pub(crate) call: &'a Call,
    pub(crate) arguments: Arguments<'a>,
}

/// What a function gives, or what the tenant refuses.
pub(crate) type Outcome = Result<Answer, ODataError>;

/// A function import.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    /// The EDM type as the metadata writes it; the shape of the answer follows from it.
    pub(crate) returns: Option<&'static str>,
    pub(crate) run: Run,
}

/// What a function does.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// It takes the tenant itself, to read or to write.
    Alone(fn(&Context<'_>) -> Outcome),
    /// It reads a tenant that is given to it, which may be in the middle of a change set.
    Within(fn(&Context<'_>, &Tenant) -> Outcome),
}

/// A function that reads, or that changes something though it is a GET.
pub(crate) const fn get(
    name: &'static str,
    returns: &'static str,
    run: fn(&Context<'_>) -> Outcome,
) -> Function {
    Function { name, method: Method::GET, returns: Some(returns), run: Run::Alone(run) }
}

/// A function with a method that says what it does, which may stand in a change set.
pub(crate) const fn post(
    name: &'static str,
    returns: &'static str,
    run: fn(&Context<'_>, &Tenant) -> Outcome,
) -> Function {
    Function { name, method: Method::POST, returns: Some(returns), run: Run::Within(run) }
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
        let answer = match self.run {
            Run::Alone(run) => run(&context),
            Run::Within(run) => run(&context, &server.tenant()),
        };
        answer::reply(self, answer?, &context)
    }

    /// Calls it inside of a change set, where one writer has the tenant for itself. Those that are called with POST
    /// give values, never rows, which would be read from a tenant that is locked.
    ///
    /// # Errors
    ///
    /// A function that does not stand in a change set, and those of every function.
    pub(crate) fn answer_in(
        &self,
        server: &Server,
        tenant: &Tenant,
        call: &Call,
    ) -> Result<Reply, ODataError> {
        let Run::Within(run) = self.run else { return Err(ODataError::entity_not_found(self.name)) };
        let context = Context { server, call, arguments: Arguments::new(call) };
        answer::reply(self, run(&context, tenant)?, &context)
    }
}

impl Context<'_> {
    pub(crate) fn switches(&self) -> &Switches {
        &self.server.options.switches
    }

    /// A number that must be there.
    pub(crate) fn id(&self, name: &str) -> Result<i64, ODataError> {
        let missing = || ODataError::bad_request(&format!("The parameter {name} is missing"));
        self.arguments.number(name)?.ok_or_else(missing)
    }
}
