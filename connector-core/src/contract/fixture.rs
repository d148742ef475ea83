//! What the suite has to know about a connector that neither schema nor manifest say.

use std::sync::Arc;

use crate::connector::Connector;
use crate::object::{Attribute, AttributeName, ObjectClass, Secret, Uid, Value};

/// A connector under test and the target behind it.
///
/// The target holds objects of the class, so many that reading all of them takes at least three
/// requests; several of them differ in the text attribute. Nobody else changes it meanwhile.
pub trait Fixture: Send + Sync {
    /// The connector. It is asked for once.
    fn connector(&self) -> Arc<dyn Connector>;

    /// The class of the objects that the suite works with.
    fn object_class(&self) -> ObjectClass;

    /// A valid object that does not exist yet, different for every number.
    fn new_object(&self, number: u32) -> NewObject;

    /// An attribute with at most one text, which may be read, changed, cleared, and hold any 60 characters.
    fn text_attribute(&self) -> AttributeName;

    /// An attribute that takes several values, if there is one.
    fn multivalued(&self) -> Option<Multivalued> {
        None
    }

    /// A uid of the right form that no object has.
    fn unknown_uid(&self) -> Uid {
        Uid::new("no-such-object")
    }

    /// A password that the target takes.
    fn password(&self) -> Secret {
        Secret::new("C0ntract-Pa55word!")
    }

    /// A password that the target's policy refuses, if it has one.
    fn weak_password(&self) -> Option<Secret> {
        None
    }

    /// How many requests the target has seen so far, whatever they were.
    fn requests_sent(&self) -> u64;
}

/// An object to be created.
#[derive(Clone, Debug)]
pub struct NewObject {
    /// Its uid, where the caller chooses it.
    pub uid: Option<Uid>,
    /// All that the target requires, and what else is to be compared after reading. Each is to be given
    /// as it will be read.
    pub attributes: Vec<Attribute>,
}

/// An attribute with several values.
#[derive(Clone, Debug)]
pub struct Multivalued {
    /// Its name.
    pub attribute: AttributeName,
    /// Three different values that it takes.
    pub values: [Value; 3],
}
