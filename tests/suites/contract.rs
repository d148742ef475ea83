//! The contract suite of the SPI, run on the SuccessFactors connector over HTTP.

use std::sync::Arc;

use connector_core::Connector;
use connector_core::contract::{Fixture, NewObject, run};
use connector_core::manifest::ObjectClassManifest;
use connector_core::object::{Attribute, AttributeName, ObjectClass, Secret};
use sandbox::Sandbox;
use serde_json::json;
use tests::Tenant;

struct User {
    sandbox: Sandbox,
    connector: Arc<dyn Connector>,
}

impl Fixture for User {
    fn connector(&self) -> Arc<dyn Connector> {
        Arc::clone(&self.connector)
    }

    fn object_class(&self) -> ObjectClass {
        "User".into()
    }

    fn new_object(&self, number: u32) -> NewObject {
        let uid = format!("contract{number}");
        let attributes = vec![
            Attribute::single("userId", uid.as_str()),
            Attribute::single("username", format!("{uid}@acme.example")),
            Attribute::single("status", "t"),
            Attribute::single("firstName", "Zoë"),
            Attribute::single("lastName", format!("O'Contract {number}")),
            Attribute::single("email", format!("{uid}@acme.example")),
        ];
        NewObject { uid: Some(uid.into()), attributes }
    }

    fn text_attribute(&self) -> AttributeName {
        "lastName".into()
    }

    fn weak_password(&self) -> Option<Secret> {
        Some("x".into())
    }

    fn requests_sent(&self) -> u64 {
        self.sandbox.requests().len() as u64
    }
}

/// A class of which no objects are made: what the suite asks of it, the manifest says.
struct MadeElsewhere {
    tenant: User,
    class: ObjectClassManifest,
}

impl Fixture for MadeElsewhere {
    fn connector(&self) -> Arc<dyn Connector> {
        self.tenant.connector()
    }

    fn object_class(&self) -> ObjectClass {
        self.class.name.clone()
    }

    fn new_object(&self, number: u32) -> NewObject {
        NewObject { uid: Some(number.to_string().into()), attributes: Vec::new() }
    }

    fn text_attribute(&self) -> AttributeName {
        self.class.name_attribute.clone().unwrap()
    }

    fn requests_sent(&self) -> u64 {
        self.tenant.requests_sent()
    }
}

/// Every class of the manifest but the one below.
#[tokio::test]
async fn the_connector_keeps_the_contract_for_every_class_of_which_no_objects_are_made() {
    let mut classes = connector_sfsf::manifest().object_classes;
    classes.retain(|class| !class.save.create);
    assert!(classes.len() >= 3);
    for class in classes {
        let tenant = Tenant::with_people(20).await;
        let connector = Arc::new(tenant.with_keys(json!({"page_size": 1})));
        let name = class.name.clone();
        let report = run(&MadeElsewhere { tenant: User { sandbox: tenant.sandbox, connector }, class }).await;
        eprintln!("{name}: {report}");
        report.into_result().unwrap();
    }
}

#[tokio::test]
async fn the_connector_keeps_the_contract() {
    let tenant = Tenant::with_people(120).await;
    let connector = Arc::new(tenant.with_keys(json!({"page_size": 40})));
    let report = run(&User { sandbox: tenant.sandbox, connector }).await;
    eprintln!("{report}");
    report.into_result().unwrap();
}
