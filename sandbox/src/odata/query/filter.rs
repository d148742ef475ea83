//! Whether a row passes a bound filter.

use crate::error::ODataError;
use crate::odata::query::bind::Binder;
use crate::odata::query::like::like;
use crate::odata::query::parser;
use crate::options::switches::Switches;
use crate::state::condition::{Compare, Filter, Node, Operand, Path};
use crate::state::dates;
use crate::state::store::{Row, Value};
use crate::state::tenant::Tenant;
use crate::state::view::View;

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
        // It exists to be set in a filter, and holds for all rows (docs/successfactors.md#metadata).
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
