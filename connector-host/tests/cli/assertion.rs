//! `assertion`: what would be sent now.

use std::process::Command;

use super::support::Tenant;

/// xmlsec1 is a second opinion where it is installed; the tenant's own check is in every other test.
fn verify(tenant: &Tenant, assertion: &str) -> Option<bool> {
    std::fs::write(tenant.path("certificate.pem"), tenant.sandbox.certificate_pem()).unwrap();
    std::fs::write(tenant.path("assertion.xml"), assertion).unwrap();
    let output = Command::new("xmlsec1")
        .args(["--verify", "--id-attr:ID", "Assertion", "--pubkey-cert-pem"])
        .args([tenant.path("certificate.pem"), tenant.path("assertion.xml")])
        .output();
    tests::skip::unless_missing("xmlsec1", output).map(|output| output.status.success())
}

#[test]
fn the_assertion_verifies_and_a_changed_byte_does_not() {
    let tenant = Tenant::new(5);
    let assertion = tenant.run(&["assertion"]).expect(0).stdout;
    assert!(assertion.contains(tenant.sandbox.user_id()));
    assert_ne!(verify(&tenant, &assertion), Some(false));
    let forged = assertion.replacen(tenant.sandbox.user_id(), "sfadmin", 1);
    assert_ne!(verify(&tenant, &forged), Some(true));
    assert!(tenant.sandbox.requests().is_empty());
}
