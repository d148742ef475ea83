//! An in-memory connector.
