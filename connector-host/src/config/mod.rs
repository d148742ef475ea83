//! The configuration, in layers: file < environment < `--set`.

mod environment;
mod file;
mod flags;
mod json;
mod keys;
mod layer;
mod stored;

use std::path::{Path, PathBuf};

use connector_core::{Error, ErrorKind, Result};
use serde_json::{Map, Value as Json};

pub use layer::Layer;
pub use stored::Stored;

use crate::cli::Global;
use crate::console::Console;
use crate::private::is_readable_by_others;

/// Keys and values, as the connector reads them.
pub type Keys = Map<String, Json>;

/// The environment variable that names a configuration file.
const CONFIG_VARIABLE: &str = "SFSF_CONFIG";

/// Reads every layer. With `--sandbox`, the tenant's own keys are the lowest layer and neither file nor
/// environment is looked at: a command meant for the sandbox must not reach anything else.
///
/// # Errors
///
/// A file that cannot be read, a secret on the command line. Wrong keys are the connector's to name.
pub fn load(global: &Global, sandbox: Option<Keys>, console: &Console) -> Result<Stored> {
    load_if_given(global, sandbox, console)?.ok_or_else(nothing_given)
}

/// The same, for a command that can do without.
///
/// # Errors
///
/// As [`load`].
pub fn load_if_given(global: &Global, sandbox: Option<Keys>, console: &Console) -> Result<Option<Stored>> {
    let mut layers = match sandbox {
        Some(keys) => vec![Layer::new(keys, |_| None)],
        None => stored(global, console)?,
    };
    layers.push(flags::read(&global.set)?);
    let (keys, sources) = layer::merge(layers);
    warn_of_open_files(&keys, console);
    Ok((!keys.is_empty()).then_some(Stored { keys, sources }))
}

/// The keys that a file holds, as they stand in it; `None` for a file that is not there.
///
/// # Errors
///
/// A file that cannot be read, or is no configuration. No part of its text is repeated.
pub fn in_file(path: &Path) -> Result<Option<Keys>> {
    file::keys(path)
}

/// A key that others can read is nobody's own.
fn warn_of_open_files(keys: &Keys, console: &Console) {
    for (key, value) in keys {
        if keys::names_secret_file(key)
            && value.as_str().is_some_and(|path| is_readable_by_others(path.as_ref()))
        {
            let path = value.as_str().unwrap_or_default();
            console
                .warn(format_args!("{path} ({key}) holds a secret and others can read it: chmod 600 {path}"));
        }
    }
}

fn stored(global: &Global, console: &Console) -> Result<Vec<Layer>> {
    let path = global.config.clone().or_else(|| std::env::var_os(CONFIG_VARIABLE).map(PathBuf::from));
    let mut layers = Vec::new();
    if let Some(path) = path {
        layers.push(file::read(&path, console)?);
    }
    layers.push(environment::read(std::env::vars_os(), console));
    Ok(layers)
}

fn nothing_given() -> Error {
    Error::new(ErrorKind::Configuration, "there is no configuration").with_advice(
        "give --config FILE, or SFSF_URL, SFSF_COMPANY_ID and the others in the environment; \
         or try the command with --sandbox",
    )
}
