//! `suspend`: an account becomes inactive.

use connector_core::protocol::Call;

use super::write;
use crate::app::App;
use crate::cli::ObjectArgs;
use crate::exit::Exit;
use crate::stop::Stop;

/// Makes the account inactive.
pub async fn run(args: &ObjectArgs, app: &mut App) -> Result<Exit, Stop> {
    write::run(app, Call::Suspend(args.id())).await
}
