//! `lookup`.

use std::time::Duration;

use clap::Args;
use connector_core::operation::LookupRequest;

/// Which list of values.
#[derive(Clone, Debug, Args)]
pub struct LookupArgs {
    /// The list, for example departments or picklist:ecEmailType; without it, the lists are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// How old the answer may be; 0 asks the tenant anew
    #[arg(long, value_name = "SECONDS", requires = "name")]
    pub max_age: Option<u32>,
}

impl LookupArgs {
    /// The request for a list.
    pub fn request(&self, name: &str) -> LookupRequest {
        let max_age = self.max_age.map(|seconds| Duration::from_secs(seconds.into()));
        let max_age_ms = max_age.map(|age| u64::try_from(age.as_millis()).unwrap_or(u64::MAX));
        LookupRequest { max_age_ms, ..LookupRequest::new(name) }
    }
}
