//! `import`: every object, or what has changed since.

use connector_core::operation::{ImportRequest, ItemStream};

use crate::class::call::Call;

/// Streams objects, or a token alone. May be repeated.
pub(crate) fn import(call: Call, request: ImportRequest) -> ItemStream {
    crate::import::import(call, request)
}
