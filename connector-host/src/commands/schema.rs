//! `schema`: what the objects of this tenant look like.

use crate::app::App;
use crate::exit::Exit;
use crate::stop::Stop;
use crate::view::SchemaView;

/// Shows every object class with its attributes.
pub async fn run(app: &mut App) -> Result<Exit, Stop> {
    let schema = app.runner().await?.schema().await?;
    app.out.show(app.format(), &SchemaView(&schema))?;
    Ok(Exit::Done)
}
