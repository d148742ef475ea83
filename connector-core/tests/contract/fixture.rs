//! The connector in memory, described to the suite.

use std::sync::Arc;

use connector_core::Connector;
use connector_core::contract::{Fixture, Multivalued, NewObject};
use connector_core::memory::MemoryConnector;
use connector_core::object::{Attribute, AttributeName, ObjectClass, Secret, Value};

use super::broken::{Broken, Defect};

pub struct MemoryFixture {
    memory: MemoryConnector,
    defect: Option<Defect>,
}

impl MemoryFixture {
    pub fn new() -> Self {
        Self { memory: MemoryConnector::with_people(120), defect: None }
    }

    pub fn broken(defect: Defect) -> Self {
        Self { defect: Some(defect), ..Self::new() }
    }
}

impl Fixture for MemoryFixture {
    fn connector(&self) -> Arc<dyn Connector> {
        match self.defect {
            Some(defect) => Arc::new(Broken { inner: self.memory.clone(), defect }),
            None => Arc::new(self.memory.clone()),
        }
    }

    fn object_class(&self) -> ObjectClass {
        "Person".into()
    }

    fn new_object(&self, number: u32) -> NewObject {
        NewObject {
            uid: None,
            attributes: vec![
                Attribute::single("login", format!("contract{number}")),
                Attribute::single("displayName", format!("Contract {number}")),
                Attribute::single("title", "contract"),
                Attribute::new("skills", vec!["a".into(), "b".into()]),
                Attribute::single("floor", 7),
                Attribute::single("salary", Value::decimal("79860.10".parse().unwrap())),
                Attribute::single("remote", true),
                Attribute::single("hiredOn", Value::Date("2024-02-29".parse().unwrap())),
                Attribute::single("manager", Value::reference("Person", "P000001")),
                Attribute::single("photo", Value::binary([0, 255])),
            ],
        }
    }

    fn text_attribute(&self) -> AttributeName {
        "title".into()
    }

    fn multivalued(&self) -> Option<Multivalued> {
        Some(Multivalued { attribute: "skills".into(), values: ["x".into(), "y".into(), "z".into()] })
    }

    fn weak_password(&self) -> Option<Secret> {
        Some("short".into())
    }

    fn requests_sent(&self) -> u64 {
        self.memory.requests_sent()
    }
}
