//! What each command does, one file each.

mod assertion;
mod delete;
mod explain;
mod get;
mod import;
mod lookup;
mod manifest;
mod reset_password;
mod resume;
mod sandbox;
mod sandbox_log;
mod sandbox_options;
mod sandbox_token;
mod save;
mod schema;
mod search;
mod secrets;
mod stdio;
mod stream;
mod suspend;
mod test;
mod worker;
mod write;

use crate::app::App;
use crate::cli::Command;
use crate::exit::Exit;
use crate::stop::Stop;

/// Runs a command.
pub async fn run(command: &Command, app: &mut App) -> Result<Exit, Stop> {
    match command {
        Command::Demo => crate::demo::run(app).await,
        Command::Sandbox(args) => sandbox::run(args, app).await,
        Command::Test => test::run(app).await,
        Command::Schema => schema::run(app).await,
        Command::Get(args) => get::run(args, app).await,
        Command::Search(args) => search::run(args, app).await,
        Command::Import(args) => import::run(args, app).await,
        Command::Save(args) => save::run(args, app).await,
        Command::Delete(args) => delete::run(args, app).await,
        Command::Suspend(args) => suspend::run(args, app).await,
        Command::Resume(args) => resume::run(args, app).await,
        Command::ResetPassword(args) => reset_password::run(args, app).await,
        Command::Lookup(args) => lookup::run(args, app).await,
        Command::Explain(args) => explain::run(args, app).await,
        Command::Assertion => assertion::run(app).await,
        Command::Manifest => manifest::run(app),
        Command::Stdio(args) => stdio::run(args, app).await,
        Command::Worker(args) => worker::run(args, app).await,
    }
}
