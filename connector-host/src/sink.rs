//! Where the events of a request go.

use std::io;

use connector_core::object::ConnectorObject;
use connector_core::operation::{Gone, Problem, Progress, SyncToken};

/// Takes what a stream brings. An error from any of these stops the stream at once: no further request
/// goes out.
pub trait EventSink {
    /// An object.
    fn object(&mut self, object: ConnectorObject) -> io::Result<()>;

    /// A record that could not be read, or not all of it; the stream goes on.
    fn problem(&mut self, problem: Problem) -> io::Result<()>;

    /// How far the stream is.
    fn progress(&mut self, _progress: Progress) -> io::Result<()> {
        Ok(())
    }

    /// An object that is gone.
    fn gone(&mut self, _gone: Gone) -> io::Result<()> {
        Ok(())
    }

    /// Everything before this has been handed over; a stream that begins with the token goes on here.
    fn checkpoint(&mut self, _token: SyncToken) -> io::Result<()> {
        Ok(())
    }

    /// Nothing is ready; the next event has to be waited for.
    fn idle(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// For requests that have one answer and no stream.
pub struct NoItems;

impl EventSink for NoItems {
    fn object(&mut self, _: ConnectorObject) -> io::Result<()> {
        Ok(())
    }

    fn problem(&mut self, _: Problem) -> io::Result<()> {
        Ok(())
    }
}
