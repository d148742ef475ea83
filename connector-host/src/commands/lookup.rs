//! `lookup`: the values that an attribute may have.

use connector_core::protocol::Call;

use crate::app::App;
use crate::cli::LookupArgs;
use crate::exit::Exit;
use crate::stop::Stop;
use crate::view::{ListsView, ValuesView};

/// Shows a list, or which lists there are.
pub async fn run(args: &LookupArgs, app: &mut App) -> Result<Exit, Stop> {
    let Some(name) = &args.name else {
        app.out.show(app.format(), &ListsView(&connector_sfsf::manifest().lookups))?;
        return Ok(Exit::Done);
    };
    let list = app.runner().await?.values(Call::Lookup(args.request(name))).await?;
    app.out.show(app.format(), &ValuesView(&list))?;
    Ok(Exit::Done)
}
