//! From a filter to `$filter`.
//!
//! The tenant narrows the result down as far as it can; what comes back is checked here against the
//! whole filter. So the tenant's part may let too much through (its texts may compare without case),
//! but never too little: a condition that could lose somebody is not sent.

use std::borrow::Cow;

use chrono::TimeDelta;
use connector_core::filter::{Comparison, Literal, Matching};
use connector_core::object::{AttributeName, Value, ValueType, special};
use connector_core::{Error, ErrorKind, Filter, Result};

use crate::class::state::{StateRule, StateValue};
use crate::mapping::attribute::{Mapped, Source};
use crate::mapping::model::Model;
use crate::mapping::value::{accept, check_id};
use crate::odata::edm::Edm;
use crate::odata::query::{all_of, encoded_length};
use crate::odata::zone::{FURTHEST_AHEAD, FURTHEST_BEHIND};
use crate::odata::{date, literal};

/// Longer conditions may not fit into a URL (docs/successfactors.md#long-addresses); the rest of them is evaluated
/// here.
const MAX_LENGTH: usize = 1800;

/// A filter, as the tenant and we share the work of it.
#[derive(Clone, Debug)]
pub(crate) struct Translation {
    /// The whole condition, to be checked on every record.
    pub filter: Option<Filter>,
    /// The value of `$filter`, which is empty if every record is meant; nothing if none can satisfy the filter.
    pub pushed: Option<String>,
    /// Whether a part of the filter is evaluated only here.
    pub residual: bool,
    /// The conditions that the tenant evaluates, and those that are evaluated only here.
    pub at_tenant: Vec<String>,
    pub here: Vec<Filter>,
}

/// Whom a read is about, whatever the filter: the states that exist for the connector, and a condition besides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Population {
    pub states: Vec<&'static str>,
    pub condition: Option<String>,
}

/// Translates a filter. Objects of every state in the population are meant, so where states must be named the list always
/// goes along: without it the tenant leaves out whoever is inactive (KBA 2736579), or an `or` lets in everybody
/// (KBA 3575859).
///
/// # Errors
///
/// An attribute that the tenant does not have, or that cannot be read.
pub(crate) fn translate(
    filter: Option<&Filter>,
    model: &Model,
    population: &Population,
) -> Result<Translation> {
    let filter = filter.map(|filter| checked(filter, model)).transpose()?;
    let rule = model.profile.named_states();
    let mut states = population.states.clone();
    let (mut pushed, mut here) = (Vec::new(), Vec::new());
    for part in filter.iter().flat_map(conjuncts) {
        if let Some(rule) = rule.filter(|rule| is_about(part, rule)) {
            states.retain(|text| rule.known(text).is_some_and(|state| holds(part, rule, state)));
            continue;
        }
        let length = encoded_length(&all_of(pushed.iter().cloned()));
        match push(part, model).filter(|text| length + encoded_length(text) < MAX_LENGTH) {
            Some(text) => pushed.push(text),
            None => here.push(part.clone()),
        }
    }
    let listed = rule.map(|rule| rule.listed(&states)).filter(|_| !states.is_empty());
    let is_satisfiable = rule.is_none() || listed.is_some();
    let at_tenant: Vec<_> = population.condition.clone().into_iter().chain(listed).chain(pushed).collect();
    let pushed = is_satisfiable.then(|| all_of(at_tenant.iter().cloned()));
    Ok(Translation { filter, pushed, residual: !here.is_empty(), at_tenant, here })
}

impl Population {
    /// The condition for all of them.
    pub fn condition(&self, rule: Option<&StateRule>) -> String {
        let listed = rule.map(|rule| rule.listed(&self.states));
        all_of(self.condition.clone().into_iter().chain(listed))
    }
}

/// Why the tenant does not evaluate a condition, in words.
pub(crate) fn why_here(filter: &Filter, model: &Model) -> String {
    let unfilterable = filter.attributes().into_iter().find(|name| field(name, model).is_none());
    match (filter, unfilterable) {
        (_, Some(name)) => format!("the tenant cannot filter by '{name}'"),
        (Filter::Not(_) | Filter::ContainsAll { .. } | Filter::Present(_), _) => {
            "there, what is negated or asked to be present could lose records without a value".to_owned()
        }
        (Filter::Or(_), _) => "a part of the 'or' cannot be sent".to_owned(),
        (filter, _) if push(filter, model).is_some() => "the query would become too long".to_owned(),
        _ => "how the tenant compares such values is not known".to_owned(),
    }
}

/// The parts that must all hold.
fn conjuncts(filter: &Filter) -> Vec<&Filter> {
    match filter {
        Filter::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

/// Refuses what cannot be evaluated, and spells states as records do.
fn checked(filter: &Filter, model: &Model) -> Result<Filter> {
    for name in filter.attributes() {
        let mapped = model.find(name)?;
        if !mapped.info.readable {
            let message = format!("one cannot filter by '{name}', which cannot be read");
            return Err(Error::new(ErrorKind::InvalidRequest, message).with_attributes([name.clone()]));
        }
    }
    let rule = model.profile.state;
    for (name, literal) in filter.literals() {
        let mapped = model.find(name)?;
        // Uid and name are texts, whatever the property behind them is.
        match name.is(special::UID) || name.is(special::NAME) {
            true => literal.check(name, ValueType::String, ValueType::String.expected())?,
            false => literal.check(&mapped.info.name, mapped.info.value_type, mapped.takes())?,
        }
        match (&mapped.source, literal) {
            (Source::Reference(reference), Literal::Value(value)) => {
                check_id(&accept(value, mapped)?, &reference.ids, mapped)?;
            }
            (Source::Companion(ids), Literal::Value(value)) => {
                check_id(&accept(value, mapped)?, ids, mapped)?
            }
            _ => {}
        }
        if let Some(rule) = rule.filter(|rule| name.is(rule.property)) {
            rule.check(literal)?;
        }
    }
    Ok(match rule {
        Some(rule) => spelled(filter, rule),
        None => filter.clone(),
    })
}

/// Hosts write `status eq 'active'` as SuccessFactors does; records hold letters.
fn spelled(filter: &Filter, rule: &StateRule) -> Filter {
    let spell = |name: &AttributeName, value: &Value| match rule.parse(&value.to_string()) {
        Ok(state) if name.is(rule.property) => Value::from(state.text),
        _ => value.clone(),
    };
    let spell_all =
        |name: &AttributeName, values: &[Value]| values.iter().map(|value| spell(name, value)).collect();
    match filter {
        Filter::And(parts) => Filter::And(parts.iter().map(|part| spelled(part, rule)).collect()),
        Filter::Or(parts) => Filter::Or(parts.iter().map(|part| spelled(part, rule)).collect()),
        Filter::Not(part) => negated(&spelled(part, rule), rule),
        Filter::Compare { attribute, comparison, value } => {
            Filter::compare(attribute.clone(), *comparison, spell(attribute, value))
        }
        // A text without regard to case stands for one letter, and a letter for two.
        Filter::Text { attribute, matching: Matching::EqualsIgnoreCase, text }
            if attribute.is(rule.property) && text.chars().count() > 1 =>
        {
            Filter::equal(attribute.clone(), spell(attribute, &text.as_str().into()))
        }
        Filter::In { attribute, values } => Filter::one_of(attribute.clone(), spell_all(attribute, values)),
        Filter::ContainsAll { attribute, values } => {
            Filter::ContainsAll { attribute: attribute.clone(), values: spell_all(attribute, values) }
        }
        other => other.clone(),
    }
}

/// What is not so. Of an object whose state nobody knows, what follows from it is neither so nor not so.
fn negated(filter: &Filter, rule: &StateRule) -> Filter {
    let names = filter.attributes();
    let views = || names.iter().filter(|name| rule.view(name).is_some());
    if views().next().is_none() {
        return filter.clone().negate();
    }
    match filter {
        Filter::And(parts) => Filter::Or(parts.iter().map(|part| negated(part, rule)).collect()),
        Filter::Or(parts) => Filter::And(parts.iter().map(|part| negated(part, rule)).collect()),
        Filter::Not(part) => (**part).clone(),
        leaf => {
            let present = views().map(|name| Filter::Present((*name).clone()));
            Filter::And([leaf.clone().negate()].into_iter().chain(present).collect())
        }
    }
}

fn is_about(filter: &Filter, rule: &StateRule) -> bool {
    let names = filter.attributes();
    !names.is_empty() && names.iter().all(|name| rule.decides(name))
}

/// Whether the filter holds for an object in this state. There are few of them, so any condition on the state alone
/// becomes a list.
fn holds(filter: &Filter, rule: &StateRule, state: &'static StateValue) -> bool {
    filter.matches_with(|name| rule.value_of(name, state))
}

/// A condition for the tenant that holds whenever the filter holds, or nothing.
fn push(filter: &Filter, model: &Model) -> Option<String> {
    if let Some(rule) = model.profile.named_states().filter(|rule| is_about(filter, rule)) {
        let states = rule.values.iter().filter(|state| holds(filter, rule, state));
        let states: Vec<_> = states.map(|state| state.text).collect();
        return (!states.is_empty()).then(|| rule.listed(&states));
    }
    match filter {
        Filter::And(parts) => {
            let parts: Vec<_> = parts.iter().filter_map(|part| push(part, model)).collect();
            (!parts.is_empty()).then(|| format!("({})", parts.join(" and ")))
        }
        Filter::Or(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(|part| push(part, model)).collect();
            parts.filter(|parts| !parts.is_empty()).map(|parts| format!("({})", parts.join(" or ")))
        }
        Filter::Compare { attribute, .. } | Filter::Text { attribute, .. } | Filter::In { attribute, .. } => {
            let by_name = push_leaf(filter, field(attribute, model)?)?;
            if !(model.profile.has_nameless && attribute.is(special::NAME)) {
                return Some(by_name);
            }
            // What has no name has its key as one.
            let by_key = push_leaf(filter, field(&AttributeName::from(special::UID), model)?)?;
            Some(if by_name == by_key { by_key } else { format!("({by_name} or {by_key})") })
        }
        // What is negated might be negated too widely there: a record without a value, a text in other case.
        Filter::Not(_) | Filter::ContainsAll { .. } | Filter::Present(_) => None,
    }
}

/// A condition on one field.
fn push_leaf(filter: &Filter, field: Field) -> Option<String> {
    match filter {
        Filter::Compare { comparison, value, .. } => compare(field, *comparison, value),
        Filter::Text { matching, text, .. } => text_match(field, *matching, text),
        Filter::In { values, .. } => one_of(field, values),
        _ => None,
    }
}

/// What the tenant calls a filterable attribute, and its type.
struct Field {
    path: String,
    edm: Edm,
}

fn field(name: &AttributeName, model: &Model) -> Option<Field> {
    let Mapped { info, source } = model.find(name).ok()?;
    match source {
        Source::Property { name, edm } if info.filterable => Some(Field { path: name.clone(), edm: *edm }),
        Source::Reference(reference) if info.filterable => {
            Some(Field { path: reference.full_path(), edm: Edm::String })
        }
        _ => None,
    }
}

fn compare(field: Field, comparison: Comparison, value: &Value) -> Option<String> {
    let path = &field.path;
    match field.edm {
        // Texts are ordered there by rules that we do not know.
        Edm::String if comparison == Comparison::Equal => {
            Some(format!("{path} eq {}", literal::string(&text(value)?)))
        }
        Edm::Date | Edm::DateTime | Edm::DateTimeOffset => {
            let Value::DateTime(time) = value.read_as(ValueType::DateTime)? else { return None };
            // A day has no offset: of a time, the one that it names counts, as it does here.
            let is_day = field.edm == Edm::Date;
            let time = if is_day { time.naive_local().and_utc() } else { time.to_utc() };
            let write =
                if field.edm == Edm::DateTimeOffset { literal::date_time_offset } else { literal::date_time };
            // Fractions of a second are cut off outwards, and bounds included: here it is checked exactly. What the clock
            // of the tenant's server showed then depends on where it is.
            let (behind, ahead) = match field.edm {
                Edm::DateTime => (FURTHEST_BEHIND, FURTHEST_AHEAD),
                _ => (TimeDelta::zero(), TimeDelta::zero()),
            };
            let earliest = time.checked_sub_signed(behind).unwrap_or(time);
            let latest = time.checked_add_signed(ahead).unwrap_or(time);
            let lower = format!("{path} ge {}", write(date::floor_second(earliest)));
            let upper = format!("{path} le {}", write(date::ceiling_second(latest)));
            Some(match comparison {
                Comparison::Equal => format!("({lower} and {upper})"),
                Comparison::Greater | Comparison::GreaterOrEqual => lower,
                Comparison::Less | Comparison::LessOrEqual => upper,
            })
        }
        _ => None,
    }
}

fn text_match(field: Field, matching: Matching, text: &str) -> Option<String> {
    if field.edm != Edm::String || text.is_empty() {
        return None;
    }
    let (path, quoted) = (&field.path, literal::string(text));
    match matching {
        Matching::StartsWith => Some(format!("startswith({path},{quoted})")),
        Matching::EndsWith => Some(format!("endswith({path},{quoted})")),
        Matching::Contains => Some(format!("substringof({quoted},{path})")),
        // Lower case beyond ASCII is a matter of locale.
        Matching::EqualsIgnoreCase if text.is_ascii() => {
            Some(format!("tolower({path}) eq {}", literal::string(&text.to_ascii_lowercase())))
        }
        Matching::EqualsIgnoreCase => None,
    }
}

fn one_of(field: Field, values: &[Value]) -> Option<String> {
    let texts: Option<Vec<_>> = values.iter().map(text).collect();
    let texts = texts.filter(|texts| !texts.is_empty() && field.edm == Edm::String)?;
    Some(format!("{} in {}", field.path, literal::list(texts.iter().map(AsRef::as_ref))))
}

fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Reference(reference) => Some(Cow::Borrowed(reference.uid.as_str())),
        _ => None,
    }
}
