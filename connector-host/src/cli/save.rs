//! `save`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use connector_core::object::day;
use connector_core::operation::SaveMode;

use super::{Assignment, ObjectArgs};

/// Which object, and what is to become of it.
#[derive(Clone, Debug, Args)]
pub struct SaveArgs {
    /// Which object.
    #[command(flatten)]
    pub object: ObjectArgs,

    /// Changes: `title=Engineer` sets, `title=` clears, `groups+=A` adds, `groups-=A` removes; a name that
    /// is set twice has two values. A save that mentions no status leaves the status as it is
    #[arg(value_name = "ATTRIBUTE=VALUE")]
    pub assignments: Vec<Assignment>,

    /// File (- is standard input) with a JSON object of changes:
    /// {"title":"Engineer","fax":null,"groups":{"add":["A"]}}. Secrets belong here, not into arguments
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// What to do if the object is, or is not, there
    #[arg(long, value_enum, default_value = "create_or_update")]
    pub mode: SaveModeArg,

    /// The first day on which the change holds, such as 2026-11-29; today if absent. For objects that have days
    #[arg(long, value_name = "DATE", value_parser = day::parse)]
    pub effective_date: Option<NaiveDate>,

    /// Write only if the object has this value, `title=Engineer`, or none, `title=`; given twice for two values
    #[arg(long, value_name = "ATTRIBUTE=VALUE")]
    pub expect: Vec<Assignment>,

    /// Show what would be sent, and send nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The modes of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum SaveModeArg {
    /// Create the object if it is not there
    CreateOrUpdate,
    /// Fail if it is there
    Create,
    /// Fail if it is not there
    Update,
}

impl From<SaveModeArg> for SaveMode {
    fn from(mode: SaveModeArg) -> Self {
        match mode {
            SaveModeArg::CreateOrUpdate => Self::CreateOrUpdate,
            SaveModeArg::Create => Self::Create,
            SaveModeArg::Update => Self::Update,
        }
    }
}
