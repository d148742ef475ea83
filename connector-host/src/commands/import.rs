//! `import`: everybody.

use connector_core::protocol::Call;

use super::stream;
use crate::app::App;
use crate::cli::ImportArgs;
use crate::exit::Exit;
use crate::stop::Stop;

/// Streams the objects.
pub async fn run(args: &ImportArgs, app: &mut App) -> Result<Exit, Stop> {
    stream::run(app, Call::Import(args.request()), args, false).await
}
