//! OpenIAM's operations as JSON. Its own wire is not public, so every name is in a [`Mapping`].

mod mapping;
mod reply;
mod request;

pub use mapping::Mapping;
