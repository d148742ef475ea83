//! What the commands share that write: run the call, show the outcome.

use connector_core::protocol::Call;

use crate::app::App;
use crate::exit::Exit;
use crate::runner::Runner;
use crate::stop::Stop;
use crate::view::SavedView;

/// Runs the call and shows what it did.
pub async fn run(app: &mut App, call: Call) -> Result<Exit, Stop> {
    let runner = app.runner().await?;
    run_in(&runner, app, call).await
}

/// The same with a runner that is there already.
pub async fn run_in(runner: &Runner, app: &mut App, call: Call) -> Result<Exit, Stop> {
    let outcome = runner.write(call).await?;
    app.out.show(app.format(), &SavedView(&outcome))?;
    Ok(Exit::Done)
}
