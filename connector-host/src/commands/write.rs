//! What the commands share that write: run the call, show the outcome.

use connector_core::protocol::Call;

use crate::app::App;
use crate::exit::Exit;
use crate::session::Session;
use crate::stop::Stop;
use crate::view::SavedView;

/// Runs the call and shows what it did.
pub async fn run(app: &mut App, call: Call) -> Result<Exit, Stop> {
    let session = app.session().await?;
    run_in(&session, app, call).await
}

/// The same in a session that is open already.
pub async fn run_in(session: &Session, app: &mut App, call: Call) -> Result<Exit, Stop> {
    let outcome = session.write(call).await?;
    app.out.show(app.format(), &SavedView(&outcome))?;
    Ok(Exit::Done)
}
