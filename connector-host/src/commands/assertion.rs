//! `assertion`: the signed assertion as it would be sent, whatever the output format.

use std::io::Write;

use crate::app::App;
use crate::exit::Exit;
use crate::stop::Stop;

/// Prints the assertion. It is good for a token as long as it is valid: do not pass it on.
pub async fn run(app: &mut App) -> Result<Exit, Stop> {
    let assertion = app.connector().await?.assertion()?;
    writeln!(app.out, "{assertion}")?;
    app.out.flush()?;
    Ok(Exit::Done)
}
