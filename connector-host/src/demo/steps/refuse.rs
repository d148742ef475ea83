//! Refuse: what the tenant does not accept is an error, with the tenant's own words.

use connector_core::operation::SaveMode;
use connector_core::{Effect, Error};

use crate::console::details;
use crate::demo::stage::{Stage, Told, expect, wrong};
use crate::exit::Exit;
use crate::stop::Stop;

/// Nobody has this userId.
const NOBODY: &str = "nobody.at.all";

/// Gives somebody an HR representative who does not exist.
pub async fn run(stage: &mut Stage<'_>) -> Result<Told, Stop> {
    let colleague = stage.colleague()?.clone();
    let error = match stage.save(colleague.uid.as_str(), SaveMode::Update, &[("hr", NOBODY)]).await {
        Ok(outcome) => return Err(wrong(format!("the change should be refused and was {}", outcome.action))),
        Err(Stop::Failed(error)) => error,
        Err(closed) => return Err(closed),
    };
    if Exit::of(&error) != Exit::Refused || error.effect() != Effect::NotApplied {
        return Err(error.into());
    }
    let attributes: Vec<_> = error.context().attributes.iter().map(ToString::to_string).collect();
    expect("the attribute at fault", attributes.join(", ").as_str(), "hr")?;
    Ok(tell(&error).fact("kind", error.kind().as_str()).fact("attribute", "hr"))
}

fn tell(error: &Error) -> Told {
    let told = Told::line(format!("An HR representative '{NOBODY}' is refused, as it should be:"))
        .and(format!("  error: {}", error.message()));
    let shown = details(error).into_iter().filter(|(label, _)| *label != "correlation id");
    shown.fold(told, |told, (label, text)| told.and(format!("    {label}: {text}")))
}
