//! From a filter to `$filter`.
//!
//! The tenant narrows the result down as far as it can; what comes back is checked here against the
//! whole filter. So the tenant's part may let too much through (its texts may compare without case),
//! but never too little: a condition that could lose somebody is not sent.

use std::borrow::Cow;

use chrono::TimeDelta;
use connector_core::filter::{Comparison, Literal, Matching};
use connector_core::object::{AttributeName, Uid, Value, ValueType, special};
use connector_core::{Error, ErrorKind, Filter, Result};

use super::change::accept;
use super::model::{Mapped, UserModel};
use super::{Source, status};
use crate::odata::edm::Edm;
use crate::odata::query::encoded_length;
use crate::odata::zone::{FURTHEST_AHEAD, FURTHEST_BEHIND};
use crate::odata::{date, literal};

/// Longer conditions may not fit into a URL (reference §2.6); the rest of them is evaluated here.
const MAX_LENGTH: usize = 1800;

/// A filter, as the tenant and we share the work of it.
#[derive(Clone, Debug)]
pub(crate) struct Translation {
    /// The whole condition, to be checked on every row.
    pub filter: Option<Filter>,
    /// The value of `$filter`; nothing if nobody can satisfy the filter.
    pub pushed: Option<String>,
    /// Whether a part of the filter is evaluated only here.
    pub residual: bool,
    /// The conditions that the tenant evaluates, and those that are evaluated only here.
    pub at_tenant: Vec<String>,
    pub here: Vec<Filter>,
}

/// Translates a filter. People of every status in `statuses` are meant, so the list always goes along:
/// without it the tenant leaves out whoever is inactive (KBA 2736579), or an `or` lets in everybody
/// (KBA 3575859).
///
/// # Errors
///
/// An attribute that the tenant does not have, or that cannot be read.
pub(crate) fn translate(
    filter: Option<&Filter>,
    model: &UserModel,
    statuses: &[char],
) -> Result<Translation> {
    let filter = filter.map(|filter| checked(filter, model)).transpose()?;
    let mut letters = statuses.to_vec();
    let mut pushed = String::new();
    let (mut at_tenant, mut here) = (Vec::new(), Vec::new());
    for part in filter.iter().flat_map(conjuncts) {
        if is_about_status(part) {
            letters.retain(|letter| holds(part, *letter));
            continue;
        }
        match push(part, model).filter(|text| encoded_length(&pushed) + encoded_length(text) < MAX_LENGTH) {
            Some(text) => {
                pushed.push_str(&format!(" and {text}"));
                at_tenant.push(text);
            }
            None => here.push(part.clone()),
        }
    }
    if !letters.is_empty() {
        at_tenant.insert(0, status::listed(&letters));
    }
    let pushed = (!letters.is_empty()).then(|| format!("{}{pushed}", status::listed(&letters)));
    Ok(Translation { filter, pushed, residual: !here.is_empty(), at_tenant, here })
}

/// Why the tenant does not evaluate a condition, in words.
pub(crate) fn why_here(filter: &Filter, model: &UserModel) -> String {
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

/// Refuses what cannot be evaluated, and spells statuses as letters.
fn checked(filter: &Filter, model: &UserModel) -> Result<Filter> {
    for name in filter.attributes() {
        let mapped = model.find(name)?;
        if !mapped.info.readable {
            let message = format!("one cannot filter by '{name}', which cannot be read");
            return Err(Error::new(ErrorKind::InvalidRequest, message).with_attributes([name.clone()]));
        }
    }
    for (name, literal) in filter.literals() {
        let mapped = model.find(name)?;
        literal.check(&mapped.info.name, mapped.info.value_type, mapped.takes())?;
        match (&mapped.source, literal) {
            (Source::Link { .. }, Literal::Value(value)) => accept(value, mapped).map(drop)?,
            (Source::Entitlement(_), Literal::Value(value)) => check_id(&accept(value, mapped)?, mapped)?,
            _ if name.is("status") => check_status(literal)?,
            _ => {}
        }
    }
    Ok(with_letters(filter))
}

/// Groups, roles and permissions have numbers.
fn check_id(value: &Value, mapped: &Mapped) -> Result<()> {
    let is_number = |uid: &Uid| uid.as_str().bytes().all(|byte| byte.is_ascii_digit());
    match value {
        Value::Reference(reference) if is_number(&reference.uid) => Ok(()),
        _ => Err(Error::wrong_value(&mapped.info.name, mapped.takes())),
    }
}

/// A status that there is not would be the status of nobody. Parts of it are parts of one letter.
fn check_status(literal: Literal<'_>) -> Result<()> {
    match literal {
        Literal::Value(value) => status::letter(&value.to_string()).map(drop),
        Literal::Text(Matching::StartsWith, "") => Ok(()),
        Literal::Text(Matching::EqualsIgnoreCase, text) => {
            let is_letter =
                status::LETTERS.iter().any(|letter| text.eq_ignore_ascii_case(&letter.to_string()));
            if is_letter { Ok(()) } else { status::letter(text).map(drop) }
        }
        Literal::Text(_, text) => {
            let letters: Vec<_> = status::LETTERS.iter().map(char::to_string).collect();
            match text.is_empty() || letters.iter().any(|letter| letter == text) {
                true => Ok(()),
                false => Err(Error::wrong_value(
                    &AttributeName::from("status"),
                    &format!("one letter of {}, so '{text}' is no part of it", letters.join(", ")),
                )),
            }
        }
    }
}

/// Hosts write `status eq 'active'` as SuccessFactors does; records hold letters.
fn with_letters(filter: &Filter) -> Filter {
    let spell = |name: &AttributeName, value: &Value| match status::letter(&value.to_string()) {
        Ok(letter) if name.is("status") => Value::from(letter.to_string()),
        _ => value.clone(),
    };
    let spell_all =
        |name: &AttributeName, values: &[Value]| values.iter().map(|value| spell(name, value)).collect();
    match filter {
        Filter::And(parts) => Filter::And(parts.iter().map(with_letters).collect()),
        Filter::Or(parts) => Filter::Or(parts.iter().map(with_letters).collect()),
        Filter::Not(part) => negated(&with_letters(part)),
        Filter::Compare { attribute, comparison, value } => {
            Filter::compare(attribute.clone(), *comparison, spell(attribute, value))
        }
        // A text without regard to case stands for one letter, and a letter for two.
        Filter::Text { attribute, matching: Matching::EqualsIgnoreCase, text }
            if attribute.is("status") && text.chars().count() > 1 =>
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

/// Whether nobody knows if a filter holds, since it asks whether somebody is enabled whose status is not known. Then it
/// does not hold, and they have not left it either.
pub(crate) fn is_undecided(filter: &Filter, letter: Option<char>) -> bool {
    letter.is_none() && filter.attributes().iter().any(|name| name.is(special::ENABLE))
}

/// What is not so. Of somebody whose status nobody knows, `__ENABLE__` is neither so nor not so.
fn negated(filter: &Filter) -> Filter {
    let names = filter.attributes();
    if !names.iter().any(|name| name.is(special::ENABLE)) {
        return filter.clone().negate();
    }
    match filter {
        Filter::And(parts) => Filter::Or(parts.iter().map(negated).collect()),
        Filter::Or(parts) => Filter::And(parts.iter().map(negated).collect()),
        Filter::Not(part) => (**part).clone(),
        leaf => Filter::And(vec![leaf.clone().negate(), Filter::Present(special::ENABLE.into())]),
    }
}

fn is_about_status(filter: &Filter) -> bool {
    let names = filter.attributes();
    !names.is_empty() && names.iter().all(|name| name.is("status") || name.is(special::ENABLE))
}

/// Whether the filter holds for a person with this status. There are six of them, so any condition on
/// the status alone becomes a list.
fn holds(filter: &Filter, letter: char) -> bool {
    filter.matches_with(|name| {
        let value = match name.is(special::ENABLE) {
            true => Value::Boolean(status::presence(letter).is_active()),
            false => Value::from(letter.to_string()),
        };
        Cow::Owned(vec![value])
    })
}

/// A condition for the tenant that holds whenever the filter holds, or nothing.
fn push(filter: &Filter, model: &UserModel) -> Option<String> {
    if is_about_status(filter) {
        let letters: Vec<char> =
            status::LETTERS.into_iter().filter(|letter| holds(filter, *letter)).collect();
        return (!letters.is_empty()).then(|| status::listed(&letters));
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
        Filter::Compare { attribute, comparison, value } => {
            compare(field(attribute, model)?, *comparison, value)
        }
        Filter::Text { attribute, matching, text } => text_match(field(attribute, model)?, *matching, text),
        Filter::In { attribute, values } => one_of(field(attribute, model)?, values),
        // What is negated might be negated too widely there: a record without a value, a text in other case.
        Filter::Not(_) | Filter::ContainsAll { .. } | Filter::Present(_) => None,
    }
}

/// What the tenant calls a filterable attribute, and its type.
struct Field {
    path: String,
    edm: Edm,
}

fn field(name: &AttributeName, model: &UserModel) -> Option<Field> {
    let Mapped { info, source } = model.find(name).ok()?;
    match source {
        Source::Property { name, edm } if info.filterable => Some(Field { path: name.clone(), edm: *edm }),
        Source::Link { navigation, .. } => {
            Some(Field { path: format!("{navigation}/userId"), edm: Edm::String })
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
