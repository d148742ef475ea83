//! Gives a parsed filter its meaning for one entity: names become columns, literals take the type of what
//! they are compared with, and what the tenant refuses is refused here.

use std::borrow::Cow;

use crate::error::ODataError;
use crate::odata::query::parser::{Expression, Literal};
use crate::odata::query::path;
use crate::options::switches::Switches;
use crate::state::condition::{Compare, Function, Node, Operand, Path};
use crate::state::model::{EdmType, Status};
use crate::state::store::{Value, is_decimal};
use crate::state::tenant::Tenant;
use crate::time;

/// What a literal is compared with.
#[derive(Debug, Clone, Copy)]
struct Wanted<'a> {
    kind: EdmType,
    property: &'a str,
    /// The words of a status, if it is compared with one.
    status: Option<&'a Status>,
}

pub(crate) struct Binder<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) entity: usize,
    pub(crate) switches: &'a Switches,
    /// A condition on `status` of the base entity was seen, which ends the implicit one (KBA 2736579).
    pub(crate) status_seen: bool,
}

impl<'a> Binder<'a> {
    pub(crate) fn node(&mut self, expression: &Expression) -> Result<Node, ODataError> {
        Ok(match expression {
            Expression::Or(a, b) => Node::Or(Box::new(self.node(a)?), Box::new(self.node(b)?)),
            Expression::And(a, b) => Node::And(Box::new(self.node(a)?), Box::new(self.node(b)?)),
            Expression::Not(a) => Node::Not(Box::new(self.node(a)?)),
            Expression::In(left, list) => self.list(left, list)?,
            Expression::Binary(name, left, right) => self.binary(name, left, right)?,
            Expression::Call(..) | Expression::Path(_) | Expression::Literal(_) => {
                Node::True(self.operand(expression, None)?)
            }
        })
    }

    fn list(&mut self, left: &Expression, list: &[Literal]) -> Result<Node, ODataError> {
        self.see_status(left);
        let operand = self.operand(left, None)?;
        let wanted = self.wanted(left, &operand);
        let values = list.iter().map(|literal| self.literal(literal, wanted)).collect::<Result<_, _>>()?;
        Ok(Node::In(operand, values))
    }

    fn binary(&mut self, name: &str, left: &Expression, right: &Expression) -> Result<Node, ODataError> {
        if name != "ne" || !self.switches.status_ne_trap {
            self.see_status(left);
            self.see_status(right);
        }
        if name == "like" {
            let Expression::Literal(Literal::Text(pattern)) = right else {
                return Err(ODataError::bad_request("like needs a quoted pattern"));
            };
            return Ok(Node::Like(self.operand(left, None)?, pattern.clone()));
        }
        let compare = Compare::parse(name)
            .ok_or_else(|| ODataError::bad_request(&format!("{name} does not give true or false")))?;
        if matches!(left, Expression::Literal(_)) {
            let right = self.operand(right, None)?;
            let left = self.converted(left, &right)?;
            return Ok(Node::Compare(compare, left, right));
        }
        let left_operand = self.operand(left, None)?;
        let right = self.converted_as(right, left, &left_operand)?;
        Ok(Node::Compare(compare, left_operand, right))
    }

    fn converted(&mut self, literal: &Expression, other: &Operand) -> Result<Operand, ODataError> {
        let wanted = self.wanted(literal, other);
        self.operand(literal, Some(wanted))
    }

    fn converted_as(
        &mut self,
        literal: &Expression,
        other: &Expression,
        bound: &Operand,
    ) -> Result<Operand, ODataError> {
        let wanted = self.wanted(other, bound);
        self.operand(literal, Some(wanted))
    }

    fn wanted<'b>(&self, written: &'b Expression, operand: &Operand) -> Wanted<'b>
    where
        'a: 'b,
    {
        let property = if let Expression::Path(path) = written { path.as_str() } else { "" };
        let status = match operand {
            Operand::Path(path) => {
                let status = self.tenant.entity(path.entity).status.as_ref();
                status.filter(|status| status.column == path.property)
            }
            _ => None,
        };
        Wanted { kind: operand.kind(), property, status }
    }

    /// Notes a mention of the base entity's status, at any depth of functions.
    fn see_status(&mut self, expression: &Expression) {
        match expression {
            Expression::Path(path) if self.is_status(path) => self.status_seen = true,
            Expression::Call(_, arguments) => arguments.iter().for_each(|one| self.see_status(one)),
            _ => {}
        }
    }

    fn is_status(&self, path: &str) -> bool {
        let entity = self.tenant.entity(self.entity);
        entity.status.as_ref().is_some_and(|status| entity.properties[status.column].name == path)
    }

    fn operand(&mut self, expression: &Expression, as_: Option<Wanted<'_>>) -> Result<Operand, ODataError> {
        match expression {
            Expression::Path(text) => self.path(text).map(Operand::Path),
            Expression::Literal(literal) => {
                let wanted = as_.unwrap_or(natural(literal));
                self.literal(literal, wanted).map(Operand::Constant)
            }
            Expression::Call(name, arguments) => self.call(name, arguments),
            Expression::Binary(name @ ("add" | "sub" | "mul" | "div" | "mod"), left, right) => {
                let number = Wanted { kind: EdmType::Double, property: "", status: None };
                let arguments = vec![self.operand(left, Some(number))?, self.operand(right, Some(number))?];
                let function = Function::parse(name).ok_or_else(|| unknown_function(name))?;
                Ok(Operand::Call(function, arguments))
            }
            _ => Err(ODataError::bad_request("a condition stands where a value is needed")),
        }
    }

    fn call(&mut self, name: &str, arguments: &[Expression]) -> Result<Operand, ODataError> {
        let function = Function::parse(name).ok_or_else(|| unknown_function(name))?;
        if !function.takes(arguments.len()) {
            return Err(ODataError::bad_request(&format!("{name} has the wrong number of values")));
        }
        arguments.iter().for_each(|argument| self.see_status(argument));
        let arguments: Result<_, _> = arguments.iter().map(|argument| self.operand(argument, None)).collect();
        Ok(Operand::Call(function, arguments?))
    }

    fn path(&self, text: &str) -> Result<Path, ODataError> {
        let path = path::property(self.tenant, self.entity, text)?;
        let filterable = path.steps.iter().all(|(entity, navigation)| {
            self.tenant.entity(*entity).navigations[*navigation].flags.filterable
        }) && self.tenant.entity(path.entity).properties[path.property].flags.filterable;
        if !filterable && self.switches.enforce_filterable {
            return Err(ODataError::property_expression(&format!("{text} is not filterable")));
        }
        Ok(path)
    }

    fn literal(&self, literal: &Literal, wanted: Wanted<'_>) -> Result<Value<'static>, ODataError> {
        let refuse = |text: &str| ODataError::invalid_value(wanted.property, text);
        let value = match literal {
            Literal::Null => Some(Value::Null),
            Literal::Bool(flag) if wanted.kind == EdmType::Boolean => Some(Value::Bool(*flag)),
            Literal::Bool(flag) => text_value(if *flag { "true" } else { "false" }, wanted),
            Literal::Typed(kind, text) if wanted.kind.is_time() => {
                self.time(text, kind == "datetimeoffset", wanted.kind)
            }
            Literal::Text(text) if wanted.kind.is_time() => self.time(text, false, wanted.kind),
            Literal::Text(text) | Literal::Typed(_, text) | Literal::Number(text) => text_value(text, wanted),
        };
        value.ok_or_else(|| refuse(&shown(literal)))
    }

    /// A `datetime` against an `Edm.DateTimeOffset` is the server's local time, a `datetimeoffset` is
    /// absolute; `Edm.DateTime` holds local time (KBA 2933028).
    fn time(&self, text: &str, offset: bool, kind: EdmType) -> Option<Value<'static>> {
        let moment = time::read(text)?;
        let absolute = offset || moment.absolute;
        let minutes = self.switches.server_utc_offset_minutes;
        Some(Value::Time(match (absolute, kind) {
            (false, EdmType::DateTimeOffset) => time::from_local(moment.millis, minutes),
            (true, EdmType::DateTime) => time::to_local(moment.millis, minutes),
            _ => moment.millis,
        }))
    }
}

fn unknown_function(name: &str) -> ODataError {
    ODataError::bad_request(&format!("unknown function {name}"))
}

fn natural(literal: &Literal) -> Wanted<'static> {
    let kind = match literal {
        Literal::Text(_) | Literal::Null => EdmType::String,
        Literal::Typed(..) => EdmType::DateTimeOffset,
        Literal::Number(_) => EdmType::Double,
        Literal::Bool(_) => EdmType::Boolean,
    };
    Wanted { kind, property: "", status: None }
}

/// A literal's text as a value of the wanted type. Numbers may stand unquoted for a text, as one public
/// connector writes them (docs/successfactors.md#filters).
fn text_value(text: &str, wanted: Wanted<'_>) -> Option<Value<'static>> {
    let digits = text.trim_end_matches(['L', 'l', 'M', 'm', 'd', 'f']);
    match wanted.kind {
        EdmType::String if wanted.status.is_some() => {
            let letter = wanted.status.and_then(|status| status.letter(text));
            Some(owned(letter.unwrap_or(text)))
        }
        EdmType::Decimal => decimal(digits),
        EdmType::String | EdmType::Binary => Some(owned(text)),
        EdmType::Boolean => text.parse().ok().map(Value::Bool),
        // A broken number is promoted by neither side: a decimal compares with everything.
        EdmType::Int32 | EdmType::Int64 => match digits.parse() {
            Ok(number) => Some(Value::Int(number)),
            Err(_) => decimal(digits),
        },
        EdmType::Double | EdmType::Single => {
            digits.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Float)
        }
        EdmType::DateTime | EdmType::DateTimeOffset => None,
    }
}

fn decimal(digits: &str) -> Option<Value<'static>> {
    is_decimal(digits).then(|| Value::Decimal(Cow::Owned(digits.to_owned())))
}

fn owned(text: &str) -> Value<'static> {
    Value::Text(Cow::Owned(text.to_owned()))
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) | Literal::Number(text) => text.clone(),
        Literal::Typed(kind, text) => format!("{kind}'{text}'"),
        Literal::Bool(flag) => flag.to_string(),
        Literal::Null => "null".to_owned(),
    }
}
