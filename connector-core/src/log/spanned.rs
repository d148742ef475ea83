//! The events of one request, with the request's span.

use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use futures_util::Stream;
use futures_util::stream::{BoxStream, StreamExt};
use tracing::Span;

use crate::protocol::Event;

/// Events of one request, all that is logged meanwhile bearing its span.
pub(crate) struct Spanned {
    pub span: Span,
    pub events: BoxStream<'static, Event>,
}

impl Stream for Spanned {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Option<Event>> {
        let this = &mut *self;
        this.span.in_scope(|| this.events.poll_next_unpin(context))
    }
}
