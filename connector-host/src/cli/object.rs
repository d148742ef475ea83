//! Which object is meant.

use chrono::NaiveDate;
use clap::Args;
use connector_core::object::{AttributeName, ObjectClass, Uid, day};
use connector_core::operation::ObjectId;

/// Of which class.
#[derive(Clone, Debug, Args)]
pub struct ClassArgs {
    /// Class of the objects
    #[arg(long, value_name = "NAME", default_value = "User")]
    pub object_class: ObjectClass,
}

/// One object.
#[derive(Clone, Debug, Args)]
pub struct ObjectArgs {
    /// Uid of the object (for people, the userId)
    pub uid: Uid,
    /// Its class.
    #[command(flatten)]
    pub class: ClassArgs,
}

impl ObjectArgs {
    /// The object.
    pub fn id(&self) -> ObjectId {
        ObjectId::new(self.class.object_class.clone(), self.uid.clone())
    }
}

/// One object, and what of it.
#[derive(Clone, Debug, Args)]
pub struct GetArgs {
    /// Which.
    #[command(flatten)]
    pub object: ObjectArgs,

    /// The attribute that UID is a value of, for example __NAME__ or personIdExternal
    #[arg(long, value_name = "NAME")]
    pub by: Option<AttributeName>,

    /// Attributes to show, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub attributes: Vec<AttributeName>,

    /// The day as of which it is read, such as 2026-11-29; today if absent. For objects that have days
    #[arg(long, value_name = "DATE", value_parser = day::parse)]
    pub as_of: Option<NaiveDate>,
}

impl GetArgs {
    /// The attributes that were asked for, if any.
    pub fn attributes_to_get(&self) -> Option<Vec<AttributeName>> {
        (!self.attributes.is_empty()).then(|| self.attributes.clone())
    }
}
