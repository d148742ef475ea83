//! `import`: everything, or what has changed since, in memory for two pages of each partition.
//!
//! Objects come in the order of their keys, page by page ([`cursor`]), in as many ranges of keys at the same time as the
//! configuration allows ([`partition`]). A page is used up while the next one is on its way ([`prefetch`]), and then a
//! checkpoint says how far the run is. What the next run has to know is in a [token], and nothing of it is kept here.

mod counts;
mod cursor;
mod delta;
mod key_range;
mod missing;
mod missing_attributes;
mod partition;
mod partitions;
mod plan;
mod prefetch;
mod run;
mod token;
mod token_only;

use connector_core::operation::{ImportRequest, ItemStream};
use futures_util::stream;

use crate::class::call::Call;
use run::Run;

/// Streams objects, or a token alone. May be repeated.
pub(crate) fn import(call: Call, request: ImportRequest) -> ItemStream {
    if request.token_only {
        return Box::pin(stream::once(token_only::token_only(call, request)));
    }
    match Run::new(call, request) {
        Ok(run) => run.into_stream(),
        Err(error) => Box::pin(stream::iter([Err(error)])),
    }
}
