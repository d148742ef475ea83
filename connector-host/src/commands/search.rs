//! `search`: the objects that satisfy a filter.

use connector_core::protocol::Call;

use super::stream;
use crate::app::App;
use crate::cli::SearchArgs;
use crate::exit::Exit;
use crate::stop::Stop;

/// Streams the objects.
pub async fn run(args: &SearchArgs, app: &mut App) -> Result<Exit, Stop> {
    let call = Call::Search(args.request());
    stream::run(app, call, &args.selection, args.page_size.is_some()).await
}
