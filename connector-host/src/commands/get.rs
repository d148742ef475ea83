//! `get`: one object, or the certainty that there is none.

use connector_core::operation::GetRequest;
use connector_core::protocol::Call;

use crate::app::App;
use crate::cli::GetArgs;
use crate::exit::Exit;
use crate::stop::Stop;
use crate::view::FoundView;

/// Shows the object with its presence. An object that is not there is shown as such, and ends with 1.
pub async fn run(args: &GetArgs, app: &mut App) -> Result<Exit, Stop> {
    let (object_class, uid) = (&args.object.class.object_class, &args.object.uid);
    let request = GetRequest {
        by: args.by.clone(),
        attributes_to_get: args.attributes_to_get(),
        as_of: args.as_of,
        ..GetRequest::new(object_class.clone(), uid.clone())
    };
    let outcome = app.runner().await?.get(Call::Get(request)).await?;
    app.out.show(app.format(), &FoundView::new(&outcome, object_class, uid))?;
    Ok(if outcome.presence.exists() { Exit::Done } else { Exit::Refused })
}
