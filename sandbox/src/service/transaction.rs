//! Writes that succeed or fail together: a change set of a batch (KBA 3709239).

use std::sync::RwLockWriteGuard;

use axum::http::{Method, StatusCode};

use crate::error::ODataError;
use crate::fault::Stage;
use crate::habit::{self, HABITS, function};
use crate::http::call::{Call, Format};
use crate::http::reply::{JSON, Reply};
use crate::odata::render::key;
use crate::odata::write::parameters::{Parameters, Purge};
use crate::odata::write::result::{RowError, RowResult, reply};
use crate::odata::write::single::{self, Written};
use crate::odata::write::undo::Undo;
use crate::odata::write::upsert::upsert;
use crate::server::Server;
use crate::state::store::Row;
use crate::state::tenant::Tenant;

/// The tenant, for one writer alone, with everything that this one changed.
pub(crate) struct Transaction<'a> {
    server: &'a Server,
    tenant: RwLockWriteGuard<'a, Tenant>,
    undo: Vec<Undo>,
    /// The address of the entity that the last request made.
    pub(crate) made: Option<String>,
}

/// Why a change set failed.
pub(crate) enum Refused {
    /// A request as a whole.
    Whole(ODataError),
    /// One record of an upsert, or several; with them all results.
    Rows(Vec<RowResult>),
}

impl From<ODataError> for Refused {
    fn from(error: ODataError) -> Self {
        Self::Whole(error)
    }
}

impl<'a> Transaction<'a> {
    pub(crate) fn new(server: &'a Server, tenant: RwLockWriteGuard<'a, Tenant>) -> Self {
        Self { server, tenant, undo: Vec::new(), made: None }
    }

    /// Does one request of a change set.
    ///
    /// # Errors
    ///
    /// A request that is no write, whatever refuses it, and a record that failed: in a change set that is
    /// not a result but the end of it.
    pub(crate) fn write(&mut self, call: &Call, segments: &[&str]) -> Result<Reply, Refused> {
        match segments[..] {
            _ if call.method == Method::GET || call.method == Method::HEAD => {
                Err(ODataError::bad_request("A change set of a batch request cannot read").into())
            }
            ["upsert"] => self.upsert(call),
            [segment] => match function::find(segments).filter(|function| function.takes(&call.method)) {
                Some(function) => Ok(function.answer_in(self.server, &self.tenant, call)?),
                None => Ok(self.single(call, segment)?),
            },
            _ => Err(ODataError::entity_not_found(&segments.join("/")).into()),
        }
    }

    fn upsert(&mut self, call: &Call) -> Result<Reply, Refused> {
        let faults = self.server.faults.take(call, Stage::Rows);
        let applied =
            upsert(call, &mut self.tenant, &self.server.options, self.server.millis(), &faults, HABITS)?;
        let entity = entity_of(&applied.rows);
        self.made = entity.as_ref().and_then(|entity| self.inserted(entity, &applied.undo));
        self.undo.extend(applied.undo);
        if applied.rows.iter().any(Result::is_err) {
            return Err(Refused::Rows(applied.rows));
        }
        let answer = reply(&applied.rows, call.format());
        Ok(match entity {
            Some(entity) => answer.with_header("successfactors-internal-apiresource", entity),
            None => answer,
        })
    }

    fn single(&mut self, call: &Call, segment: &str) -> Result<Reply, ODataError> {
        let options = &self.server.options;
        let (written, undo) =
            single::write(call, segment, &mut self.tenant, &options.switches, self.server.millis(), HABITS)?;
        self.undo.extend(undo);
        match written {
            Written::Created(entity, row) => {
                self.made = Some(self.address(entity, row));
                self.server.reader(call, &self.tenant).created(entity, row)
            }
            Written::Changed => Ok(Reply::ok(JSON, "").with_records(1)),
        }
    }

    /// The address of the row of an entity that an upsert made.
    fn inserted(&self, name: &str, undo: &[Undo]) -> Option<String> {
        let wanted = self.tenant.model.entity(name)?;
        undo.iter().find_map(|undo| match undo {
            Undo::Insert { entity, row } if *entity == wanted => Some(self.address(*entity, *row)),
            _ => None,
        })
    }

    fn address(&self, entity: usize, row: Row) -> String {
        format!("{}({})", self.tenant.entity(entity).name, key::predicate(&self.tenant, entity, row))
    }

    /// Takes everything back.
    pub(crate) fn roll_back(&mut self) {
        let undo = std::mem::take(&mut self.undo);
        let parameters = Parameters { purge: Purge::Incremental, process_inactive: true, isolate: false };
        let switches = &self.server.options.switches;
        let mut writing = habit::writing(&mut self.tenant, switches, parameters, 0);
        writing.undo = undo;
        writing.roll_back(0);
    }
}

/// The entity of the first result, from its key.
fn entity_of(rows: &[RowResult]) -> Option<String> {
    let row = rows.first()?.as_ref().ok()?;
    row.key.split('/').next().map(str::to_owned)
}

impl Refused {
    /// The flat answer of a change set that failed. Only the first error is told, unless the request says
    /// `enableUpsertResponseExtensionInChangeset=true`; the body is then that of an upsert, whose form in this
    /// place is unconfirmed.
    pub(crate) fn into_reply(self, call: &Call, status: u16) -> Reply {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        match self {
            Self::Whole(error) => Reply::error(&error, call.format()),
            Self::Rows(rows) if call.flag("enableUpsertResponseExtensionInChangeset") => {
                let mut answer = reply(&rows, call.format());
                answer.status = status;
                answer.with_records(0)
            }
            Self::Rows(rows) => first_error(&rows, status, call.format()),
        }
    }
}

fn first_error(rows: &[RowResult], status: StatusCode, format: Format) -> Reply {
    let failed = rows.iter().enumerate().find_map(|(index, row)| Some((index, row.as_ref().err()?)));
    let text = failed.map_or_else(String::new, |(index, RowError { text, .. })| {
        format!("[COE0018]{text} with the index {index}")
    });
    Reply::error(&ODataError::new(status, "COE_GENERAL_BAD_REQUEST", text), format)
}
