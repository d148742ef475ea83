//! A tenant: its sessions by credentials, and what is known of it for a while.

mod aged;
mod kept;
mod pages;
mod session;
mod sessions;

pub(crate) use pages::{Pages, read_all};
pub(crate) use session::Session;
pub(crate) use sessions::Sessions;
