//! Answers that no tenant should give, and some do: what is unknown stays unknown, what is too much is refused, and
//! nothing ends early without a word.

mod bounds;
mod lists;
mod tenant;
mod unknown;
