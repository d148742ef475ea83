//! Why a command ended before it was done.

use std::io;

use connector_core::Error;

/// Why a command ended before it was done.
#[derive(Debug)]
pub enum Stop {
    /// It failed.
    Failed(Error),
    /// Nobody reads our output any more (`| head -1`). That is the reader's wish, not a failure.
    OutputClosed,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Errors of writing our own output; those of reading files become an [`Error`] where they arise.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::OutputClosed;
        }
        Self::Failed(Error::internal(format!("the output could not be written: {error}")))
    }
}
