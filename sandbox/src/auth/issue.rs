//! Assertions that the tenant itself signs, for `/oauth/idp`. The canonical form is the one that assertions are checked
//! with.

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::{digest, signature};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use roxmltree::Document;

use crate::auth::assertion::{AUDIENCE, NameKind, SAML};
use crate::auth::c14n::{Form, canonical};
use crate::auth::signature::{DSIG, ENVELOPED, EXCLUSIVE};
use crate::xml::escape;

/// How long such an assertion lives (docs/successfactors.md#the-assertion, KBA 3031657).
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// What an assertion is to say.
pub(crate) struct Statement<'a> {
    /// The API key of the OAuth client.
    pub(crate) client: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) kind: NameKind,
    /// The token endpoint that is to take it.
    pub(crate) recipient: &'a str,
    pub(crate) now: DateTime<Utc>,
}

/// The signed assertion: RSA with SHA-256, exclusive canonical form, the signature behind the issuer.
///
/// # Errors
///
/// No randomness, or a key that cannot sign.
pub(crate) fn issue(statement: &Statement<'_>, key: &KeyPair) -> Result<String, Unspecified> {
    let mut random = [0; 16];
    rand::fill(&mut random)?;
    let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let (head, tail) = document(statement, &format!("_{id}"));
    let content = canonical_root(&format!("{head}{tail}"))?;
    let content = STANDARD.encode(digest::digest(&digest::SHA256, content.as_bytes()));
    let info = signed_info(&format!("_{id}"), &content);
    let mut value = vec![0; key.public_modulus_len()];
    let signed = canonical_root(&info)?;
    key.sign(&signature::RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut value)?;
    let value = STANDARD.encode(value);
    Ok(format!(
        "{head}<ds:Signature xmlns:ds=\"{DSIG}\">{info}<ds:SignatureValue>{value}</ds:SignatureValue></ds:Signature>{tail}"
    ))
}

fn canonical_root(xml: &str) -> Result<String, Unspecified> {
    let document = Document::parse(xml).map_err(|_| Unspecified)?;
    Ok(canonical(document.root_element(), Form::Exclusive, None))
}

/// The document, in two pieces with a place for the signature between them.
fn document(statement: &Statement<'_>, id: &str) -> (String, String) {
    let time = |time: DateTime<Utc>| time.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (from, until) = (time(statement.now), time(statement.now + LIFETIME));
    let head = format!(
        "<saml2:Assertion xmlns:saml2=\"{SAML}\" ID=\"{id}\" IssueInstant=\"{from}\" Version=\"2.0\">\
         <saml2:Issuer>{AUDIENCE}</saml2:Issuer>"
    );
    let (client, recipient) = (escape(statement.client), escape(statement.recipient));
    let tail = format!(
        "<saml2:Subject><saml2:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified\">{subject}\
         </saml2:NameID><saml2:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
         <saml2:SubjectConfirmationData NotOnOrAfter=\"{until}\" Recipient=\"{recipient}\"/>\
         </saml2:SubjectConfirmation></saml2:Subject>\
         <saml2:Conditions NotBefore=\"{from}\" NotOnOrAfter=\"{until}\"><saml2:AudienceRestriction>\
         <saml2:Audience>{AUDIENCE}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>\
         <saml2:AuthnStatement AuthnInstant=\"{from}\" SessionIndex=\"{id}\"><saml2:AuthnContext>\
         <saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport\
         </saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>\
         <saml2:AttributeStatement>{}{}{}</saml2:AttributeStatement></saml2:Assertion>",
        attribute("api_key", &client),
        attribute("use_username", flag(statement.kind == NameKind::Username)),
        attribute("use_email", flag(statement.kind == NameKind::Email)),
        subject = escape(statement.subject),
    );
    (head, tail)
}

fn flag(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

fn attribute(name: &str, value: &str) -> String {
    format!(
        "<saml2:Attribute Name=\"{name}\"><saml2:AttributeValue>{value}</saml2:AttributeValue></saml2:Attribute>"
    )
}

/// What is signed. It declares its namespace itself, as it does in its canonical form.
fn signed_info(id: &str, content: &str) -> String {
    format!(
        "<ds:SignedInfo xmlns:ds=\"{DSIG}\"><ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"/>\
         <ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>\
         <ds:Reference URI=\"#{id}\"><ds:Transforms><ds:Transform Algorithm=\"{ENVELOPED}\"/>\
         <ds:Transform Algorithm=\"{EXCLUSIVE}\"/></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
         <ds:DigestValue>{content}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )
}
