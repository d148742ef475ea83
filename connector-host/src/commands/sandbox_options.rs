//! What tenant `sandbox` serves: a file, and what the command line says on top of it.

use std::path::Path;

use connector_core::{Error, ErrorKind, Result};
use connector_sfsf::files;
use sandbox::{Access, Fault, Options, Profile, Switches};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::cli::{Global, SandboxArgs};
use crate::commands::sandbox_token;
use crate::config;
use crate::tenant;

/// The file of `--options`. What it leaves out is as [`Options`] has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    people: Option<usize>,
    seed: Option<u64>,
    company: Option<String>,
    page_size: Option<usize>,
    host_names: Vec<String>,
    faults: Vec<String>,
    switches: Switches,
    profile: Profile,
    access: Access,
}

/// The options of the tenant to be served.
///
/// # Errors
///
/// A file that cannot be read, a name that no option has, a value that is none.
pub fn read(args: &SandboxArgs, global: &Global) -> Result<Options> {
    let file = args.options.as_deref().map(parse).transpose()?.unwrap_or_default();
    let defaults = Options::default();
    let faults = file.faults.iter().chain(&args.fault);
    let kept = args.write_config.as_deref().map(kept).transpose()?.unwrap_or_default();
    Ok(Options {
        listen: args.listen,
        host_names: file.host_names.into_iter().chain(args.host_name.iter().cloned()).collect(),
        control_token: args.control_token.as_deref().map(sandbox_token::read_or_make).transpose()?,
        private_key_pem: kept.private_key,
        client_id: kept.client_id,
        people: global.people.or(file.people).unwrap_or_else(|| tenant::people(global)),
        seed: global.seed.or(file.seed).unwrap_or_else(|| tenant::seed(global)),
        company: file.company.unwrap_or(defaults.company),
        page_size: file.page_size.unwrap_or(defaults.page_size),
        faults: faults.map(|text| fault(text)).collect::<Result<_>>()?,
        switches: switched(&file.switches, &args.switch)?,
        profile: file.profile,
        access: file.access,
        ..Options::default()
    })
}

/// What a client of an earlier tenant holds, which goes on working with the next one.
#[derive(Default)]
struct Kept {
    private_key: Option<String>,
    client_id: Option<String>,
}

/// The key and the client id of a configuration that was written before; neither, if it is not there.
fn kept(path: &Path) -> Result<Kept> {
    let keys = config::in_file(path).map_err(|error| {
        error.with_advice(
            "--write-config writes over no file but a configuration; choose another or remove it",
        )
    })?;
    let text = |name: &str| Some(keys.as_ref()?.get(name)?.as_str()?.to_owned());
    let private_key = text("private_key");
    Ok(Kept { client_id: text("client_id").filter(|_| private_key.is_some()), private_key })
}

fn parse(path: &Path) -> Result<File> {
    let wrong = |what: String| Error::new(ErrorKind::Configuration, format!("{}: {what}", path.display()));
    let text = files::read_text(path, files::LONGEST)
        .map_err(|error| wrong(format!("cannot be read: {}", crate::path::unread(path, error))))?;
    toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))
}

fn fault(text: &str) -> Result<Fault> {
    text.parse().map_err(|error| Error::invalid_request(format!("fault '{text}': {error}")))
}

/// The switches with some of them set. A value is JSON, or a text.
fn switched(switches: &Switches, changes: &[String]) -> Result<Switches> {
    let mut map = json!(switches);
    for change in changes {
        let wrong = || Error::invalid_request(format!("--switch takes NAME=VALUE, not '{change}'"));
        let (name, value) = change.split_once('=').ok_or_else(wrong)?;
        let known = map.as_object().is_some_and(|map| map.contains_key(name));
        if !known {
            return Err(Error::invalid_request(format!("the sandbox has no switch '{name}'"))
                .with_advice("docs/sandbox.md lists them, and `GET /sandbox/switches` of a running one"));
        }
        map[name] = serde_json::from_str(value).unwrap_or_else(|_| Json::from(value));
    }
    serde_json::from_value(map).map_err(|error| Error::invalid_request(format!("--switch: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_set_by_name_and_refused_by_name() {
        let set = |text: &str| switched(&Switches::default(), &[text.to_owned()]);
        assert!(!set("null_clears=false").unwrap().null_clears);
        assert_eq!(set("batch_status=202").unwrap().batch_status, 202);
        assert!(set("nul_clears=false").unwrap_err().message().contains("'nul_clears'"));
        assert!(set("null_clears=perhaps").is_err() && set("null_clears").is_err());
    }
}
