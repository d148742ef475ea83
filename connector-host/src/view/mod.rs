//! How the answer of each operation looks to a person and in a spreadsheet. In JSON they are what the
//! wire protocol says.

mod explanation;
mod found;
mod saved;
mod schema;
mod test_report;
mod values;

pub use explanation::ExplanationView;
pub use found::FoundView;
pub use saved::SavedView;
pub use schema::SchemaView;
pub use test_report::TestView;
pub use values::{ListsView, ValuesView};

use connector_core::object::AttributeName;

fn names(names: &[AttributeName]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
