//! The entities that follow from the users: each is made when somebody first asks for it, from the `User`
//! rows as they were made and the seed alone, so that a tenant starts at once and holds only what is looked at, and
//! an answer never depends on what was asked before.

mod account;
mod career;
mod draws;
mod employment;
mod fill;
mod organization;
mod person;
mod rows;
pub(crate) mod termination;

use std::collections::HashMap;

use crate::people::lists::Lists;
use crate::state::dice::Dice;
use crate::state::kind::Kind;
use crate::state::store::{Row, Table, Value};
use crate::state::tenant::Tenant;
use crate::time;

pub(crate) use account::{Account, account_of};
pub(super) use draws::Draws;
use fill::Fill;

pub(crate) const DAY: i64 = 86_400_000;

/// A user as it was made, as the derived entities see it.
#[derive(Clone, Copy)]
pub(super) struct User<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) entity: usize,
    pub(super) row: Row,
}

impl<'a> User<'a> {
    fn first(&self, name: &str) -> Option<&'a Value<'static>> {
        let property = self.tenant.entity(self.entity).property(name)?;
        self.tenant.origin.cells.get(&(self.row, property))
    }

    pub(super) fn text(&self, name: &str) -> &'a str {
        match self.first(name) {
            Some(first) => first.as_text().unwrap_or_default(),
            None => self.tenant.text(self.entity, self.row, name),
        }
    }

    pub(super) fn time(&self, name: &str) -> Option<i64> {
        let value = match self.first(name) {
            Some(first) => first.clone(),
            None => self.tenant.value(self.entity, self.row, name),
        };
        if let Value::Time(millis) = value { Some(millis) } else { None }
    }

    pub(super) fn id(&self) -> &'a str {
        self.text("userId")
    }

    pub(super) fn person(&self) -> &'a str {
        self.text("~person")
    }

    pub(super) fn dice(&self) -> Dice {
        self.tenant.origin.dice(self.row)
    }

    pub(super) fn kind(&self) -> Kind {
        self.tenant.origin.kinds.get(self.row as usize).copied().unwrap_or(Kind::Nobody)
    }

    /// The users of the person's global assignments, if this is the home employment.
    pub(super) fn assignments(&self) -> impl Iterator<Item = Self> + use<'a> {
        let rows = self.tenant.origin.assignments.get(&self.row).map_or(&[][..], Vec::as_slice);
        let home = *self;
        rows.iter().map(move |row| Self { row: *row, ..home })
    }

    /// The user at the end of a to-one navigation.
    pub(super) fn one(&self, navigation: &str) -> Option<Self> {
        let index = self.tenant.entity(self.entity).navigation(navigation)?;
        let row = match self.tenant.origin.links.get(&(self.row, index)) {
            Some(first) => *first.first()?,
            None => *self.tenant.follow(self.entity, self.row, index).first()?,
        };
        Some(Self { row, ..*self })
    }
}

/// All users that were made, in the order of their keys.
pub(super) fn users(tenant: &Tenant) -> impl Iterator<Item = User<'_>> {
    let entity = tenant.model.entity("User");
    let rows = entity.map(|entity| tenant.table(entity).order()).unwrap_or_default();
    let made = rows.iter().filter(|row| tenant.origin.made(**row));
    made.map(move |row| User { tenant, entity: entity.unwrap_or_default(), row: *row })
}

/// The rows of an entity.
pub(crate) fn derive(tenant: &Tenant, entity: usize) -> Table {
    let mut fill = Fill::new(tenant, entity);
    match tenant.entity(entity).name.as_str() {
        "PerPerson" => person::people(&mut fill),
        "PersonKey" => person::keys(&mut fill),
        "PerPersonal" => person::names(&mut fill),
        "PerEmail" => person::emails(&mut fill),
        "PerPhone" => person::phones(&mut fill),
        "Photo" => person::photos(&mut fill),
        "UserAccount" => account::accounts(&mut fill),
        "EmpEmployment" => employment::employments(&mut fill),
        "EmpJob" => employment::jobs(&mut fill),
        "EmpJobRelationships" => employment::relationships(&mut fill),
        "EmpEmploymentTermination" => employment::terminations(&mut fill),
        "PersonEmpTerminationInfo" => termination::infos(&mut fill),
        "EmpGlobalAssignment" => employment::assignments(&mut fill),
        name if organization::knows(name) => organization::rows(&mut fill, name),
        name => rows::rows(&mut fill, name),
    }
    fill.finish()
}

pub(super) fn day(text: &str) -> i64 {
    time::read(text).map_or(0, |moment| time::day(moment.millis))
}

/// The codes by which Employee Central knows what users have in words.
struct Codes {
    /// Three letters by the country's name.
    countries: HashMap<&'static str, &'static str>,
    /// The option id of the language by the locale.
    languages: HashMap<&'static str, &'static str>,
}

impl Codes {
    fn new() -> Self {
        let regions = Lists::new().regions;
        Self {
            countries: regions.iter().map(|region| (region.country, region.code)).collect(),
            languages: regions.iter().map(|region| (region.locale, region.language)).collect(),
        }
    }

    fn country(&self, name: &str) -> &'static str {
        self.countries.get(name).copied().unwrap_or_default()
    }

    fn language(&self, locale: &str) -> &'static str {
        self.languages.get(locale).copied().unwrap_or_default()
    }
}
