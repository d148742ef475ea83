//! `reset-password`: a new password, and nothing else changes.

use std::io::{self, IsTerminal};
use std::path::Path;

use connector_core::object::Secret;
use connector_core::operation::ResetPasswordRequest;
use connector_core::protocol::Call;
use connector_core::{Error, Result};
use connector_sfsf::files;

use super::write;
use crate::app::App;
use crate::cli::PasswordArgs;
use crate::exit::Exit;
use crate::stop::Stop;

/// Sets the password that the file, the prompt or standard input gives.
pub async fn run(args: &PasswordArgs, app: &mut App) -> Result<Exit, Stop> {
    let new_password = password(args.password_file.as_deref())?;
    let (object_class, uid) = (args.object.class.object_class.clone(), args.object.uid.clone());
    write::run(app, Call::ResetPassword(ResetPasswordRequest { object_class, uid, new_password })).await
}

fn password(file: Option<&Path>) -> Result<Secret> {
    match file {
        Some(path) => from_file(path),
        None if io::stdin().is_terminal() => from_prompt(),
        None => from_stdin(),
    }
}

fn from_file(path: &Path) -> Result<Secret> {
    let text = files::read_text(path, files::LONGEST).map_err(|error| {
        Error::invalid_request(format!(
            "the password file {} cannot be read: {}",
            path.display(),
            crate::path::unread(path, error)
        ))
    })?;
    single_line(text)
}

fn from_prompt() -> Result<Secret> {
    let prompt = dialoguer::Password::new()
        .with_prompt("New password")
        .with_confirmation("Again", "The two are not the same. Once more");
    let text = prompt
        .interact()
        .map_err(|error| Error::invalid_request(format!("the password could not be asked for: {error}")))?;
    single_line(text)
}

fn from_stdin() -> Result<Secret> {
    let text = files::read_stdin(files::LONGEST)
        .map_err(|error| Error::invalid_request(format!("standard input cannot be read ({error})")))?;
    single_line(text)
}

/// The line without its end.
fn single_line(mut text: String) -> Result<Secret> {
    if text.ends_with('\n') {
        text.pop();
    }
    if text.ends_with('\r') {
        text.pop();
    }
    if text.is_empty() {
        return Err(Error::invalid_request("there is no password").with_advice(
            "type it at the prompt, pipe it into standard input, or give --password-file FILE",
        ));
    }
    if text.contains(['\n', '\r']) {
        return Err(Error::invalid_request("a password is one line, and this is more"));
    }
    Ok(Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_line_is_not_part_of_the_password() {
        for text in ["Pa55 word ", "Pa55 word \n", "Pa55 word \r\n"] {
            assert_eq!(single_line(text.to_owned()).unwrap().expose(), "Pa55 word ");
        }
    }

    #[test]
    fn none_and_many_are_refused_without_repeating_them() {
        for text in ["", "\n", "hush\nhush\n"] {
            let error = single_line(text.to_owned()).unwrap_err().to_string();
            assert!(!error.contains("hush"), "{error}");
        }
    }
}
