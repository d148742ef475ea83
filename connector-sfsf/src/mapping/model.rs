//! The attributes of a class on one tenant.

use std::collections::HashMap;

use connector_core::object::{AttributeName, ObjectClass, ObjectClassInfo, special};
use connector_core::{Error, Result};

use super::attribute::{Mapped, Source};
use crate::class::profile::Profile;

/// What people expect of a class and few tenants have: the name, and where it is to be found.
pub(crate) type Elsewhere = &'static [(&'static str, &'static str)];

/// The attributes of a class on one tenant.
#[derive(Debug)]
pub(crate) struct Model {
    pub profile: &'static Profile,
    attributes: Vec<Mapped>,
    places: HashMap<AttributeName, usize>,
    elsewhere: Elsewhere,
    /// The metadata listed no navigations at all, so those that we know were taken for granted.
    assumes_navigations: bool,
}

impl Model {
    /// A model with these attributes.
    pub fn new(
        profile: &'static Profile,
        attributes: Vec<Mapped>,
        assumes_navigations: bool,
        elsewhere: Elsewhere,
    ) -> Self {
        let places = attributes.iter().enumerate();
        let places = places.map(|(place, mapped)| (mapped.info.name.clone(), place)).collect();
        Self { profile, attributes, places, elsewhere, assumes_navigations }
    }

    /// The same without some properties, or nothing if it never had them or cannot do without them. If it never had
    /// them, navigations that were taken for granted are what the tenant lacks.
    pub fn without(&self, names: &[AttributeName]) -> Option<Self> {
        if names.iter().any(|gone| self.profile.needed().any(|needed| gone.is(needed))) {
            return None;
        }
        let kept =
            |mapped: &&Mapped| mapped.field().is_none_or(|field| !names.iter().any(|gone| gone.is(field)));
        let attributes: Vec<_> = self.attributes.iter().filter(kept).cloned().collect();
        if attributes.len() < self.attributes.len() {
            return Some(self.with(attributes, self.assumes_navigations));
        }
        let is_reference = |mapped: &&Mapped| matches!(mapped.source, Source::Reference(_));
        let others = || self.attributes.iter().filter(|mapped| !is_reference(mapped)).cloned().collect();
        self.assumes_navigations.then(|| self.with(others(), false))
    }

    fn with(&self, attributes: Vec<Mapped>, assumes_navigations: bool) -> Self {
        Self::new(self.profile, attributes, assumes_navigations, self.elsewhere)
    }

    /// What the objects look like.
    pub fn info(&self) -> ObjectClassInfo {
        ObjectClassInfo {
            name: self.profile.object_class(),
            aliases: self.profile.aliases.iter().map(|alias| ObjectClass::from(*alias)).collect(),
            attributes: self.attributes.iter().map(|mapped| mapped.info.clone()).collect(),
        }
    }

    /// Every attribute, in the order of the schema.
    pub fn attributes(&self) -> &[Mapped] {
        &self.attributes
    }

    /// The attribute with this name, under which the special names are known too.
    ///
    /// # Errors
    ///
    /// A name that the class does not have on this tenant.
    pub fn find(&self, name: &AttributeName) -> Result<&Mapped> {
        let found = match name.is(special::PASSWORD) {
            true => self.attributes.iter().find(|mapped| mapped.is_secret()),
            false => {
                let place = self.places.get(&self.profile.native(name)).or_else(|| self.stand_in(name));
                place.and_then(|place| self.attributes.get(*place))
            }
        };
        found.ok_or_else(|| self.unknown(name))
    }

    /// The key, in the place of a name that the tenant does not have.
    fn stand_in(&self, name: &AttributeName) -> Option<&usize> {
        let is_it = self.profile.has_nameless && name.is(special::NAME);
        is_it.then(|| self.places.get(&AttributeName::from(self.profile.key.property))).flatten()
    }

    fn unknown(&self, name: &AttributeName) -> Error {
        let message = format!("{} has no attribute '{name}' on this tenant", self.profile.name);
        let error = Error::invalid_attribute(name.clone(), message);
        match self.elsewhere.iter().find(|(expected, _)| name.is(expected)) {
            Some((_, hint)) => error.with_advice(*hint),
            None => error.with_advice("`schema` lists the attributes that it has"),
        }
    }
}
