//! `demo`: the whole job of the connector, told against an embedded tenant.

mod cost;
mod stage;
mod steps;
mod teller;

use std::time::Instant;

use connector_core::Error;

use crate::app::App;
use crate::exit::Exit;
use crate::output::Format;
use crate::runner::Runner;
use crate::stop::Stop;
use crate::tenant::Tenant;

use stage::Stage;
use steps::Step;
use teller::{Opening, Teller};

/// Tells the story. It ends at the first step that does not do what it should, and then with 1.
pub async fn run(app: &mut App) -> Result<Exit, Stop> {
    let teller = teller(app)?;
    app.global.sandbox = true;
    let connector = app.connector().await?;
    let meta = app.meta();
    let runner = Runner::new(std::sync::Arc::new(connector), meta, app.cancellation.clone());
    let (out, console, tenant) = app.parts();
    let tenant = tenant.ok_or_else(|| Error::internal("the embedded tenant is not there"))?;
    teller.open(out, &Opening::of(tenant))?;
    let mut stage = Stage::new(&runner, console);
    let started = Instant::now();
    for (place, step) in Step::ALL.into_iter().enumerate() {
        teller.begin(out, place + 1, step)?;
        let began = Instant::now();
        match step.run(&mut stage).await {
            Ok(told) => teller.step(out, step, &told, began.elapsed())?,
            Err(Stop::Failed(error)) => {
                teller.failed(out, step, &error)?;
                return Ok(failed(app, step, &error));
            }
            Err(closed) => return Err(closed),
        }
    }
    teller.close(out, &cost::of(&tenant.requests()), started.elapsed())?;
    Ok(Exit::Done)
}

fn teller(app: &App) -> Result<Box<dyn Teller>, Error> {
    match app.global.output {
        None | Some(Format::Table) => Ok(Box::new(teller::Story)),
        Some(Format::Ndjson) => Ok(Box::new(teller::NdjsonTeller)),
        Some(Format::Json | Format::Csv) => {
            Err(Error::invalid_request("the demo is told as text, or with --output ndjson one object a step"))
        }
    }
}

fn failed(app: &App, step: Step, error: &Error) -> Exit {
    app.console.error(error);
    app.console.line(format_args!("The demo stopped at the step '{}'.", step.name()));
    if Exit::of(error) == Exit::Cancelled { Exit::Cancelled } else { Exit::Refused }
}

/// The tenant behind the demo, for the opening words.
impl Opening {
    fn of(tenant: &Tenant) -> Self {
        Self { url: tenant.url(), company: tenant.company() }
    }
}
