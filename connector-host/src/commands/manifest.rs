//! `manifest`: what the connector can do. It needs no configuration.

use crate::app::App;
use crate::exit::Exit;
use crate::output::Format;
use crate::stop::Stop;

/// Prints the manifest: on one line if that was asked for, else indented.
pub fn run(app: &mut App) -> Result<Exit, Stop> {
    let manifest = connector_sfsf::manifest();
    let compact = app.global.output == Some(Format::Ndjson);
    app.out.json(if compact { Format::Ndjson } else { Format::Json }, &manifest)?;
    Ok(Exit::Done)
}
