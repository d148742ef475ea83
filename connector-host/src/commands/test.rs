//! `test`: a fresh login and one record.

use crate::app::App;
use crate::exit::Exit;
use crate::stop::Stop;
use crate::view::TestView;

/// Tries the target and shows each step.
pub async fn run(app: &mut App) -> Result<Exit, Stop> {
    let report = app.runner().await?.test().await?;
    app.out.show(app.format(), &TestView(&report))?;
    Ok(Exit::Done)
}
