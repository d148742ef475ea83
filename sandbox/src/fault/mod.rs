//! Trouble on demand.

pub(crate) mod apply;
mod dice;
mod faults;
mod kind;
mod page;
mod text;

pub(crate) use faults::Faults;
pub(crate) use kind::Stage;
pub use kind::{Fault, FaultKind, Matching};
pub use text::FaultParseError;
