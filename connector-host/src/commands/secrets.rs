//! What does not belong on a command line, where others can see it.

use connector_core::object::{AttributeDelta, special};
use connector_core::{Error, Result};

/// Refuses the names that every target uses for a password, before anything is sent.
pub fn refuse(on_command_line: &[AttributeDelta]) -> Result<()> {
    let is_password = |delta: &&AttributeDelta| delta.name.is(special::PASSWORD) || delta.name.is("password");
    let Some(delta) = on_command_line.iter().find(is_password) else { return Ok(()) };
    let message = format!("'{}' does not belong on a command line, where others can see it", delta.name);
    Err(Error::invalid_request(message)
        .with_attributes([delta.name.clone()])
        .with_advice("use reset-password, or give it with --json - on standard input"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_refused_on_the_command_line() {
        for name in ["password", "PassWord", "__PASSWORD__"] {
            assert!(refuse(&[AttributeDelta::set(name, "x")]).is_err());
        }
        assert!(refuse(&[AttributeDelta::set("title", "x")]).is_ok());
    }
}
