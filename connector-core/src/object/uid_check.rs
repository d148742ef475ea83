//! Whether a uid can name anybody.

use super::Uid;
use crate::error::{Error, Result};

impl Uid {
    /// Refuses a uid that names nobody: an empty one, which would be taken for everybody or for a new object, and one
    /// with a blank or another invisible character at its begin or end, which would make a second object beside the
    /// one that was meant.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
    pub fn check(&self) -> Result<()> {
        let bare = self.as_str().trim_matches(is_blank);
        if bare.is_empty() {
            return Err(Error::invalid_request("the uid is empty").with_advice("say which object is meant"));
        }
        if bare.len() < self.as_str().len() {
            let message = format!("the uid {:?} begins or ends with a blank", self.as_str());
            return Err(Error::invalid_request(message).with_advice(format!("leave it out: {bare}")));
        }
        Ok(())
    }
}

/// What nobody sees at the end of a name: blanks, control characters, marks of byte order and of width zero.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
