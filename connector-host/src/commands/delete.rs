//! `delete`: what the target has for a delete.

use connector_core::protocol::Call;

use super::write;
use crate::app::App;
use crate::cli::ObjectArgs;
use crate::exit::Exit;
use crate::stop::Stop;

/// Deletes the object, or does what the manifest says the target has instead.
pub async fn run(args: &ObjectArgs, app: &mut App) -> Result<Exit, Stop> {
    write::run(app, Call::Delete(args.id())).await
}
