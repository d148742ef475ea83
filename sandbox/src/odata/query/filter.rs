//! A bound filter, and whether a row passes it.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::error::ODataError;
use crate::odata::query::bind::{Binder, Path};
use crate::odata::query::like::like;
use crate::odata::query::parser;
use crate::options::Switches;
use crate::state::dates::{self, View};
use crate::state::model::EdmType;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;

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

impl Compare {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            _ => return None,
        })
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
        }
    }
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
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "startswith" => Self::StartsWith,
            "endswith" => Self::EndsWith,
            "substringof" => Self::SubstringOf,
            "tolower" => Self::ToLower,
            "toupper" => Self::ToUpper,
            "trim" => Self::Trim,
            "length" => Self::Length,
            "indexof" => Self::IndexOf,
            "substring" => Self::Substring,
            "replace" => Self::Replace,
            "concat" => Self::Concat,
            "add" => Self::Add,
            "sub" => Self::Sub,
            "mul" => Self::Mul,
            "div" => Self::Div,
            "mod" => Self::Mod,
            _ => return None,
        })
    }

    pub(crate) fn takes(self, count: usize) -> bool {
        match self {
            Self::ToLower | Self::ToUpper | Self::Trim | Self::Length => count == 1,
            Self::Substring => count == 2 || count == 3,
            Self::Replace => count == 3,
            _ => count == 2,
        }
    }

    fn kind(self) -> EdmType {
        match self {
            Self::StartsWith | Self::EndsWith | Self::SubstringOf => EdmType::Boolean,
            Self::Length | Self::IndexOf => EdmType::Int32,
            Self::Add | Self::Sub | Self::Mul | Self::Div | Self::Mod => EdmType::Double,
            _ => EdmType::String,
        }
    }

    fn apply<'a>(self, values: &[Value<'a>]) -> Value<'a> {
        match values {
            [one] => self.one(one),
            [left, right] => self.two(left, right),
            [text, from, to] => self.three(text, from, to),
            _ => Value::Null,
        }
    }

    fn one<'a>(self, value: &Value<'a>) -> Value<'a> {
        let Some(text) = value.as_text() else { return Value::Null };
        match self {
            Self::ToLower => Value::Text(Cow::Owned(text.to_lowercase())),
            Self::ToUpper => Value::Text(Cow::Owned(text.to_uppercase())),
            Self::Trim => Value::Text(Cow::Owned(text.trim().to_owned())),
            _ => number(text.chars().count()),
        }
    }

    fn two<'a>(self, left: &Value<'a>, right: &Value<'a>) -> Value<'a> {
        if self.kind() == EdmType::Double {
            return self.arithmetic(left, right);
        }
        let Some(text) = left.as_text() else { return Value::Null };
        if let (Self::Substring, Some(from)) = (self, right.as_number()) {
            return cut(text, from, None);
        }
        let Some(other) = right.as_text() else { return Value::Null };
        match self {
            Self::StartsWith => Value::Bool(text.starts_with(other)),
            Self::EndsWith => Value::Bool(text.ends_with(other)),
            // The needle comes first in OData V2.
            Self::SubstringOf => Value::Bool(other.contains(text)),
            Self::Concat => Value::Text(Cow::Owned(format!("{text}{other}"))),
            Self::IndexOf => match text.find(other) {
                Some(at) => number(text[..at].chars().count()),
                None => Value::Int(-1),
            },
            _ => Value::Null,
        }
    }

    fn three<'a>(self, text: &Value<'a>, second: &Value<'a>, third: &Value<'a>) -> Value<'a> {
        let Some(text) = text.as_text() else { return Value::Null };
        match (self, second.as_text(), third.as_text()) {
            (Self::Replace, Some(from), Some(to)) => Value::Text(Cow::Owned(text.replace(from, to))),
            _ => match (second.as_number(), third.as_number()) {
                (Some(from), Some(length)) => cut(text, from, Some(length)),
                _ => Value::Null,
            },
        }
    }

    fn arithmetic<'a>(self, left: &Value<'_>, right: &Value<'_>) -> Value<'a> {
        let (Some(left), Some(right)) = (left.as_number(), right.as_number()) else { return Value::Null };
        Value::Float(match self {
            Self::Add => left + right,
            Self::Sub => left - right,
            Self::Mul => left * right,
            Self::Div => left / right,
            _ => left % right,
        })
    }
}

fn number<'a>(count: usize) -> Value<'a> {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positions saturate")]
fn cut<'a>(text: &str, from: f64, length: Option<f64>) -> Value<'a> {
    let letters = text.chars().skip(from as usize);
    Value::Text(Cow::Owned(match length {
        Some(length) => letters.take(length as usize).collect(),
        None => letters.collect(),
    }))
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
    node: Node,
    entity: usize,
    /// The filter says itself which status it wants.
    pub(crate) names_status: bool,
    null_matches_ne: bool,
    fold_case: bool,
    existential: bool,
    view: View,
}

impl Filter {
    /// Parses and binds a filter on the rows of `entity`.
    ///
    /// # Errors
    ///
    /// Whatever the tenant refuses: syntax, unknown names, names that are not filterable, wrong values.
    pub(crate) fn new(
        text: &str,
        tenant: &Tenant,
        entity: usize,
        switches: &Switches,
        view: View,
    ) -> Result<Self, ODataError> {
        let expression = parser::parse(text)?;
        let mut binder = Binder { tenant, entity, switches, status_seen: false };
        let node = binder.node(&expression)?;
        Ok(Self {
            node,
            entity,
            names_status: binder.status_seen,
            null_matches_ne: switches.null_matches_ne,
            fold_case: switches.case_insensitive_filter,
            existential: switches.delta_over_all_slices,
            view,
        })
    }

    /// Whether a row passes.
    pub(crate) fn passes(&self, tenant: &Tenant, row: Row) -> bool {
        self.node_passes(&self.node, tenant, row)
    }

    fn node_passes(&self, node: &Node, tenant: &Tenant, row: Row) -> bool {
        match node {
            Node::Or(a, b) => self.node_passes(a, tenant, row) || self.node_passes(b, tenant, row),
            Node::And(a, b) => self.node_passes(a, tenant, row) && self.node_passes(b, tenant, row),
            Node::Not(a) => !self.node_passes(a, tenant, row),
            Node::Compare(compare, left, right) => self.values(left, tenant, row).iter().any(|left| {
                self.values(right, tenant, row).iter().any(|right| self.compares(*compare, left, right))
            }),
            Node::In(operand, list) => self
                .values(operand, tenant, row)
                .iter()
                .any(|value| list.iter().any(|wanted| self.compares(Compare::Eq, value, wanted))),
            Node::Like(operand, pattern) => self
                .values(operand, tenant, row)
                .iter()
                .any(|value| value.as_text().is_some_and(|text| like(text, pattern))),
            Node::True(operand) => self.values(operand, tenant, row).contains(&Value::Bool(true)),
        }
    }

    /// An operand's values: one, or several over a to-many navigation, of which any may match.
    fn values<'a>(&'a self, operand: &'a Operand, tenant: &'a Tenant, row: Row) -> Few<'a> {
        match operand {
            Operand::Constant(value) => Few::One(value.clone()),
            Operand::Path(path) if path.steps.is_empty() => self.own(path.property, tenant, row),
            Operand::Path(path) => walk(path, tenant, row, &self.view),
            Operand::Call(function, arguments) => {
                let values: Vec<Value<'a>> =
                    arguments.iter().map(|argument| self.values(argument, tenant, row).first()).collect();
                Few::One(function.apply(&values))
            }
        }
    }

    /// A cell of the row itself. When it was modified is asked of all its slices, even of different ones for
    /// the two ends of a range (KBA 2920680, 2554717).
    fn own<'a>(&self, property: usize, tenant: &'a Tenant, row: Row) -> Few<'a> {
        let table = tenant.table(self.entity);
        let entity = tenant.entity(self.entity);
        // It exists to be set in a filter, and holds for all rows (entity sheet §9, trap 12).
        if entity.properties[property].name == "includeAllRecords" {
            return Few::One(Value::Bool(true));
        }
        let delta = self.existential && entity.dated.is_some();
        if !delta || !entity.properties[property].name.starts_with("lastModified") {
            return Few::One(table.get(row, property));
        }
        let slices = dates::slices(tenant, self.entity, row);
        Few::Many(slices.iter().map(|slice| table.get(*slice, property)).collect())
    }

    fn compares(&self, compare: Compare, left: &Value<'_>, right: &Value<'_>) -> bool {
        match (left, right) {
            (Value::Null, Value::Null) => compare == Compare::Eq,
            (Value::Null, _) => compare == Compare::Ne && self.null_matches_ne,
            (_, Value::Null) => compare == Compare::Ne,
            (Value::Text(left), Value::Text(right)) if self.fold_case => {
                compare.holds(left.to_lowercase().cmp(&right.to_lowercase()))
            }
            _ => left.order(right).is_some_and(|order| compare.holds(order)),
        }
    }
}

/// One value without a vector around it, or several.
enum Few<'a> {
    One(Value<'a>),
    Many(Vec<Value<'a>>),
}

impl<'a> Few<'a> {
    fn iter(&self) -> std::slice::Iter<'_, Value<'a>> {
        match self {
            Self::One(value) => std::slice::from_ref(value).iter(),
            Self::Many(values) => values.iter(),
        }
    }

    fn contains(&self, wanted: &Value<'_>) -> bool {
        self.iter().any(|value| value == wanted)
    }

    fn first(&self) -> Value<'a> {
        self.iter().next().cloned().unwrap_or(Value::Null)
    }
}

fn walk<'a>(path: &Path, tenant: &'a Tenant, row: Row, view: &View) -> Few<'a> {
    let mut rows = vec![row];
    for (entity, navigation) in &path.steps {
        rows = rows.into_iter().flat_map(|row| tenant.follow_on(*entity, row, *navigation, view)).collect();
    }
    if rows.is_empty() {
        return Few::One(Value::Null);
    }
    Few::Many(rows.into_iter().map(|row| tenant.table(path.entity).get(row, path.property)).collect())
}
