//! Queries: from the text of query options to the rows and the shape of an answer.

pub(crate) mod bind;
pub(crate) mod filter;
mod function;
mod lexer;
pub(crate) mod like;
pub(crate) mod options;
pub(crate) mod order;
mod parser;
pub(crate) mod path;
pub(crate) mod shape;
