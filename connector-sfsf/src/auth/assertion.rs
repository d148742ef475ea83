//! The SAML assertion: one document, written directly in its canonical form and signed.
//!
//! The text is laid out as exclusive canonicalization would lay it out (no empty-element tags,
//! namespaces first, attributes by name), so that what is hashed is what is sent and nothing has to
//! be parsed or rewritten. Element by element: docs/successfactors.md#the-assertion.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use connector_core::{Error, ErrorKind, Result};
use sha2::{Digest, Sha256};

use super::signer::AssertionSigner;
use crate::config::{AssertionSettings, NameId};

const SAML: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// A signed assertion and the time in which it is valid.
pub struct Assertion {
    /// The XML.
    pub xml: String,
    /// Not before this.
    pub not_before: DateTime<Utc>,
    /// Before this.
    pub not_on_or_after: DateTime<Utc>,
}

/// Writes and signs an assertion that is valid now, with a certificate in it if there is one, as base64.
///
/// # Errors
///
/// Characters in the settings that XML forbids; a key that refuses to sign.
pub fn sign(
    settings: &AssertionSettings,
    signer: &dyn AssertionSigner,
    certificate: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Assertion> {
    let id = format!("_{}", uuid::Uuid::new_v4().simple());
    let not_before = now - seconds(settings.backdate);
    let not_on_or_after = now + seconds(settings.lifetime);
    let head = head(settings, &id, now)?;
    let tail = tail(settings, now, not_before, not_on_or_after)?;
    let digest = STANDARD.encode(Sha256::digest(format!("{head}{tail}").as_bytes()));
    let signature = signature(signer, certificate, &id, &digest)?;
    Ok(Assertion { xml: format!("{head}{signature}{tail}"), not_before, not_on_or_after })
}

fn seconds(duration: std::time::Duration) -> TimeDelta {
    TimeDelta::seconds(i64::try_from(duration.as_secs()).unwrap_or(0))
}

fn head(settings: &AssertionSettings, id: &str, now: DateTime<Utc>) -> Result<String> {
    Ok(format!(
        r#"<saml2:Assertion xmlns:saml2="{SAML}" ID="{id}" IssueInstant="{}" Version="2.0"><saml2:Issuer>{}</saml2:Issuer>"#,
        instant(now),
        text(&settings.issuer)?,
    ))
}

fn tail(
    settings: &AssertionSettings,
    now: DateTime<Utc>,
    not_before: DateTime<Utc>,
    not_on_or_after: DateTime<Utc>,
) -> Result<String> {
    let (from, until, now) = (instant(not_before), instant(not_on_or_after), instant(now));
    let subject = format!(
        r#"<saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">{}</saml2:NameID><saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{}"></saml2:SubjectConfirmationData></saml2:SubjectConfirmation></saml2:Subject>"#,
        text(&settings.username)?,
        attribute(settings.exchange.token_url.as_str())?,
    );
    let conditions = format!(
        r#"<saml2:Conditions NotBefore="{from}" NotOnOrAfter="{until}"><saml2:AudienceRestriction><saml2:Audience>{}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>"#,
        text(&settings.audience)?,
    );
    let statement = format!(
        r#"<saml2:AuthnStatement AuthnInstant="{now}" SessionIndex="{}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>"#,
        uuid::Uuid::new_v4(),
    );
    Ok(format!("{subject}{conditions}{statement}{}</saml2:Assertion>", attributes(settings)?))
}

/// Without a hint SuccessFactors reads the name as a user id (KBA 2668018).
fn attributes(settings: &AssertionSettings) -> Result<String> {
    let one = |name: &str, value: &str| {
        Ok::<_, Error>(format!(
            r#"<saml2:Attribute Name="{name}"><saml2:AttributeValue>{}</saml2:AttributeValue></saml2:Attribute>"#,
            text(value)?
        ))
    };
    let hint = match settings.name_id {
        NameId::UserId => String::new(),
        NameId::Username => one("use_username", "true")?,
        NameId::Email => one("use_email", "true")?,
    };
    let api_key = one("api_key", &settings.exchange.client_id)?;
    Ok(format!("<saml2:AttributeStatement>{api_key}{hint}</saml2:AttributeStatement>"))
}

/// `SignedInfo` is hashed as if it stood alone, where it has to declare its own namespace.
fn signature(
    signer: &dyn AssertionSigner,
    certificate: Option<&str>,
    id: &str,
    digest: &str,
) -> Result<String> {
    let signed_info = |declaration: &str| {
        format!(
            r##"<ds:SignedInfo{declaration}><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="{DSIG}enveloped-signature"></ds:Transform><ds:Transform Algorithm="{EXCLUSIVE}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"##
        )
    };
    let alone = signed_info(&format!(r#" xmlns:ds="{DSIG}""#));
    let value = STANDARD.encode(signer.sign(alone.as_bytes())?);
    Ok(format!(
        r#"<ds:Signature xmlns:ds="{DSIG}">{}<ds:SignatureValue>{value}</ds:SignatureValue>{}</ds:Signature>"#,
        signed_info(""),
        key_info(certificate),
    ))
}

/// The certificate helps whoever has to find out which key was used; it proves nothing.
fn key_info(certificate: Option<&str>) -> String {
    certificate.map_or_else(String::new, |base64| {
        format!(
            "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        )
    })
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Escapes element content as canonical XML has it.
fn text(value: &str) -> Result<String> {
    escape(value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

/// Escapes an attribute value as canonical XML has it.
fn attribute(value: &str) -> Result<String> {
    escape(value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#x9;"),
        '\n' => Some("&#xA;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

fn escape(value: &str, replacement: impl Fn(char) -> Option<&'static str>) -> Result<String> {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        if !allowed_in_xml(c) {
            let message = format!(
                "the settings of the assertion hold the character U+{:04X}, which XML forbids",
                u32::from(c)
            );
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        match replacement(c) {
            Some(entity) => escaped.push_str(entity),
            None => escaped.push(c),
        }
    }
    Ok(escaped)
}

fn allowed_in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
