//! connector-sfsf
