//! `search`: the objects that satisfy a filter, all of them or a page of them.

use connector_core::operation::{ItemStream, SearchRequest};
use futures_util::stream;

use crate::class::call::Call;
use crate::read::page::Paged;
use crate::read::stream::{Reading, Selection};

/// Streams the objects that satisfy the filter. May be repeated.
pub(crate) fn search(call: Call, request: SearchRequest) -> ItemStream {
    let Some(page) = request.page.clone() else {
        return Reading::new(call, Selection::of(request)).into_stream();
    };
    match Paged::new(call, request, &page) {
        Ok(paged) => paged.into_stream(),
        Err(error) => Box::pin(stream::iter([Err(error)])),
    }
}
