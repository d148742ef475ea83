//! Read: what the tenant has made of her.

use connector_core::object::Presence;
use serde_json::json;

use crate::demo::stage::{Stage, Told, expect, expect_presence, text, wrong};
use crate::stop::Stop;

/// Looks her up and compares.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let lookup = stage.read().await?;
    expect_presence(lookup.presence, Presence::Active)?;
    let object = lookup.object.ok_or_else(|| wrong("she is there, but nothing of her came"))?;
    expect("her first name", text(&object, "firstName").as_str(), "Ada")?;
    expect("her title", text(&object, "title").as_str(), "Analyst")?;
    let (title, department, email) =
        (text(&object, "title"), text(&object, "department"), text(&object, "email"));
    Ok(Told::line(format!("{}: {title}, {department}, {email}.", lookup.presence))
        .fact("presence", json!(lookup.presence))
        .fact("attributes", object.attributes.len()))
}
