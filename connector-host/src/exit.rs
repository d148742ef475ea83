//! What the program ends with. This is the only place that decides it.

use std::process::ExitCode;

use connector_core::{Error, ErrorKind, Retry};

/// The exit codes, as `--help` shows them.
pub const HELP: &str = "\
Exit codes:
  0    done
  1    the target said no: not found, already there, a value or password that it does not
       take, missing permission, refused credentials; also if records could not be read
  2    wrong usage or configuration; nothing was changed
  3    try again later: throttled, in maintenance, out of time, not reachable, busy
  130  ended by Ctrl-C";

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The target said no.
    Refused = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// Try again later.
    Later = 3,
    /// Ended by Ctrl-C.
    Cancelled = 130,
}

impl Exit {
    /// The code for an error, by its kind and by whether a repeat makes sense.
    ///
    /// Credentials that were refused are refused again until a person has done something about it, so
    /// they count as a no, although a queue may keep the message for later.
    pub fn of(error: &Error) -> Self {
        match (error.kind(), error.retry()) {
            (ErrorKind::Cancelled, _) => Self::Cancelled,
            (ErrorKind::InvalidRequest | ErrorKind::Unsupported | ErrorKind::Configuration, _) => Self::Usage,
            (ErrorKind::ServiceAuth, _) => Self::Refused,
            (ErrorKind::Timeout, _) | (_, Retry::Later { .. }) => Self::Later,
            (_, Retry::Never) => Self::Refused,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_exit_code() {
        use ErrorKind as K;
        for kind in K::ALL {
            let expected = match kind {
                K::InvalidRequest | K::Unsupported | K::Configuration => 2,
                K::ConnectionFailed | K::ConnectionBroken | K::RateLimited | K::Unavailable => 3,
                K::Timeout | K::Partial | K::Conflict => 3,
                K::Cancelled => 130,
                _ => 1,
            };
            assert_eq!(Exit::of(&Error::new(kind, "x")) as u8, expected, "{kind}");
        }
    }

    #[test]
    fn a_failure_that_no_repeat_mends_is_a_no() {
        let error = Error::new(ErrorKind::ConnectionFailed, "no such host").with_retry(Retry::Never);
        assert_eq!(Exit::of(&error), Exit::Refused);
    }
}
