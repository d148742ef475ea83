//! A condition on rows, bound to their columns: what a `$filter` becomes, and what a target population is.

use crate::state::model::EdmType;
use crate::state::store::Value;
use crate::state::view::View;

/// A path's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// Navigations on the way, each with the entity that it starts from.
    pub(crate) steps: Vec<(usize, usize)>,
    /// The entity that has the property.
    pub(crate) entity: usize,
    pub(crate) property: usize,
    pub(crate) kind: EdmType,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// A function of `$filter`; arithmetic is written as one too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    StartsWith,
    EndsWith,
    SubstringOf,
    ToLower,
    ToUpper,
    Trim,
    Length,
    IndexOf,
    Substring,
    Replace,
    Concat,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

impl Function {
    /// The type of what it gives.
    pub(crate) fn kind(self) -> EdmType {
        match self {
            Self::StartsWith | Self::EndsWith | Self::SubstringOf => EdmType::Boolean,
            Self::Length | Self::IndexOf => EdmType::Int32,
            Self::Add | Self::Sub | Self::Mul | Self::Div | Self::Mod => EdmType::Double,
            _ => EdmType::String,
        }
    }
}

/// A value in a filter.
#[derive(Debug, Clone)]
pub(crate) enum Operand {
    Path(Path),
    Constant(Value<'static>),
    Call(Function, Vec<Self>),
}

impl Operand {
    pub(crate) fn kind(&self) -> EdmType {
        match self {
            Self::Path(path) => path.kind,
            Self::Constant(_) => EdmType::String,
            Self::Call(function, _) => function.kind(),
        }
    }
}

/// A bound condition.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Or(Box<Self>, Box<Self>),
    And(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Compare(Compare, Operand, Operand),
    In(Operand, Vec<Value<'static>>),
    Like(Operand, String),
    True(Operand),
}

/// A bound filter.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) node: Node,
    pub(crate) entity: usize,
    /// The filter says itself which status it wants.
    pub(crate) names_status: bool,
    pub(crate) null_matches_ne: bool,
    pub(crate) fold_case: bool,
    pub(crate) existential: bool,
    pub(crate) view: View,
}
