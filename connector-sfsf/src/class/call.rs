//! One call of an operation: which class it is about, with whose session, and what its requests share.

use std::sync::Arc;

use connector_core::object::{AttributeName, ObjectClass, Uid};
use connector_core::{Error, ErrorKind, Result};
use futures_util::{FutureExt as _, TryFutureExt as _};

use super::Class;
use super::profile::{Profile, Shape};
use crate::http::Scope;
use crate::mapping::model::Model;
use crate::odata::classify;
use crate::read::filter::Population;
use crate::tenant::Session;

/// Class, session and scope of one call. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Call {
    pub class: &'static dyn Class,
    pub session: Arc<Session>,
    pub scope: Scope,
}

impl Call {
    pub fn profile(&self) -> &'static Profile {
        self.class.profile()
    }

    /// The attributes that the class has on this tenant. Metadata are read once an hour.
    ///
    /// # Errors
    ///
    /// A tenant that does not have the entity, or does not show it.
    pub async fn model(&self) -> Result<Arc<Model>> {
        let profile = self.profile();
        let make = async {
            let entity = match profile.shape {
                Shape::Fixed => None,
                Shape::Metadata if profile.is_everywhere => {
                    Some(self.session.entity_of_every_tenant(&self.scope, profile.entity).await?)
                }
                Shape::Metadata => Some(self.session.entity(&self.scope, profile.entity).await?),
            };
            self.class.model(entity.as_deref()).map(Arc::new)
        };
        let make = make.map_err(|error: Error| profile.explained(error));
        self.session.models.get_or(&self.scope, profile.name, make.boxed()).await
    }

    /// Puts a model without some properties in the place of the cached one, if that is what an error is about: the
    /// tenant lacks what its metadata list, and may name one at a time (docs/successfactors.md#missing-properties).
    ///
    /// # Errors
    ///
    /// The error, if it is about something else, or about what the class cannot do without.
    pub async fn without(&self, model: &Model, error: Error) -> Result<Arc<Model>> {
        if !classify::is_unknown_property(&error) {
            return Err(error);
        }
        let reduced = Arc::new(model.without(&error.context().attributes).ok_or(error)?);
        self.session.models.put(self.profile().name, Arc::clone(&reduced)).await;
        Ok(reduced)
    }

    /// Whom searches and imports are about.
    pub fn population(&self) -> Population {
        let settings = &self.session.configuration;
        Population { states: self.class.states(settings), condition: self.class.condition(settings) }
    }

    /// Objects of every state, whatever exists for the connector.
    pub fn everything(&self) -> Population {
        let states = self.profile().state.map(|rule| rule.texts()).unwrap_or_default();
        Population { states, condition: None }
    }

    /// Says what the API user needs, if that is what an error is about.
    pub fn explained(&self, error: Error) -> Error {
        self.profile().explained(error)
    }

    /// Says which object an error is about.
    pub fn about(&self, uid: &Uid) -> impl FnOnce(Error) -> Error + use<> {
        let class = self.object_class();
        let uid = uid.clone();
        move |error| error.with_object(&class, Some(&uid))
    }

    pub fn object_class(&self) -> ObjectClass {
        self.profile().object_class()
    }

    /// The error for an object that is not there.
    pub fn not_found(&self, uid: &Uid) -> Error {
        Error::not_found(&self.object_class(), uid)
    }

    /// The error for a look-up by an attribute that the tenant cannot be asked by.
    pub fn cannot_look_up_by(&self, name: &AttributeName) -> Error {
        let message = format!("the tenant cannot look {} up by '{name}'", self.profile().words.several);
        Error::new(ErrorKind::Unsupported, message)
            .with_attributes([name.clone()])
            .with_advice("`search` can, by reading everybody; `schema` says what the tenant can filter by")
    }
}
