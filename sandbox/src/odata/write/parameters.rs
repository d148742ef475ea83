//! The query parameters of a write.

use crate::error::ODataError;
use crate::http::call::Call;
use crate::options::switches::Switches;

/// What happens to what a record leaves out (docs/successfactors.md#upsert-parameters).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purge {
    /// It stays.
    Incremental,
    /// It is cleared.
    Record,
    /// It is cleared, and one failure keeps all records from being saved (KBA 2545933).
    Full,
}

/// The query parameters of an upsert.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameters {
    pub(crate) purge: Purge,
    pub(crate) process_inactive: bool,
    pub(crate) isolate: bool,
}

impl Parameters {
    /// What holds for a write without parameters.
    pub(crate) fn plain() -> Self {
        Self { purge: Purge::Incremental, process_inactive: true, isolate: false }
    }

    pub(crate) fn new(call: &Call, switches: &Switches) -> Result<Self, ODataError> {
        let purge = match call.option("purgeType").unwrap_or("incremental").to_ascii_lowercase().as_str() {
            "incremental" | "" => Purge::Incremental,
            "record" => Purge::Record,
            "full" => Purge::Full,
            other => return Err(ODataError::bad_request(&format!("purgeType {other} is not supported"))),
        };
        Ok(Self {
            purge,
            process_inactive: processes_inactive(call, switches),
            isolate: call.flag("strictTransactionIsolate"),
        })
    }
}

/// Whether inactive users may be written: by the parameter, or by the option profile that the request names.
fn processes_inactive(call: &Call, switches: &Switches) -> bool {
    let profile = switches.process_inactive_profile.as_str();
    let by_profile = !profile.is_empty() && call.option("apiOptionProfileID") == Some(profile);
    by_profile || (switches.process_inactive_parameter && call.flag("processInactiveEmployees"))
}
