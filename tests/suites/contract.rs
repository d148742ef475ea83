//! The contract suite of the SPI, run on the SuccessFactors connector over HTTP.

use std::sync::Arc;

use connector_core::Connector;
use connector_core::contract::{Fixture, NewObject, run};
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

/// Roles: a class that can only be read.
struct Role(User);

impl Fixture for Role {
    fn connector(&self) -> Arc<dyn Connector> {
        self.0.connector()
    }

    fn object_class(&self) -> ObjectClass {
        "RBPRole".into()
    }

    fn new_object(&self, number: u32) -> NewObject {
        NewObject { uid: Some(number.to_string().into()), attributes: Vec::new() }
    }

    fn text_attribute(&self) -> AttributeName {
        "roleName".into()
    }

    fn requests_sent(&self) -> u64 {
        self.0.requests_sent()
    }
}

#[tokio::test]
async fn the_connector_keeps_the_contract_for_what_can_only_be_read() {
    let tenant = Tenant::with_people(20).await;
    let connector = Arc::new(tenant.with_keys(json!({"page_size": 1})));
    let report = run(&Role(User { sandbox: tenant.sandbox, connector })).await;
    eprintln!("{report}");
    report.into_result().unwrap();
}

#[tokio::test]
async fn the_connector_keeps_the_contract() {
    let tenant = Tenant::with_people(120).await;
    let connector = Arc::new(tenant.with_keys(json!({"page_size": 40})));
    let report = run(&User { sandbox: tenant.sandbox, connector }).await;
    eprintln!("{report}");
    report.into_result().unwrap();
}
