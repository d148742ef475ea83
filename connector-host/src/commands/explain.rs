//! `explain`: what a search would ask, or how the state of a person comes about.

use connector_core::Error;
use connector_core::protocol::Call;

use crate::app::App;
use crate::cli::ExplainArgs;
use crate::exit::Exit;
use crate::stop::Stop;
use crate::view::ExplanationView;

/// Shows the explanation. That nobody is there is explained too, and ends with 0.
pub async fn run(args: &ExplainArgs, app: &mut App) -> Result<Exit, Stop> {
    let request = args.request().map_err(Error::invalid_request)?;
    let explanation = app.runner().await?.explanation(Call::Explain(request)).await?;
    app.out.show(app.format(), &ExplanationView(&explanation))?;
    Ok(Exit::Done)
}
