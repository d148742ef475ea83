//! What an assertion says, and whether the tenant believes it (docs/successfactors.md#the-assertion).

use chrono::{DateTime, TimeDelta, Utc};
use roxmltree::{Document, Node, ParsingOptions};

use crate::auth::signature;
use crate::auth::token_error::TokenError;

pub(crate) const SAML: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub(crate) const AUDIENCE: &str = "www.successfactors.com";

/// How the subject names the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    UserId,
    Username,
    Email,
}

/// The subject of a believed assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) kind: NameKind,
}

/// What an assertion is checked against.
pub(crate) struct Checks<'a> {
    pub(crate) public_key: &'a [u8],
    pub(crate) accept_sha1: bool,
    pub(crate) now: DateTime<Utc>,
    pub(crate) tolerance: TimeDelta,
    /// The host names under which the tenant is reached.
    pub(crate) hosts: &'a [&'a str],
}

/// Believes an assertion, or says why not. The signature is checked before anything is read from it.
pub(crate) fn check(xml: &str, checks: &Checks<'_>) -> Result<Subject, TokenError> {
    // A document type could rewrite the document while it is read; the parser refuses it.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 1000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|_| TokenError::Malformed)?;
    let root = document.root_element();
    if !root.has_tag_name((SAML, "Assertion")) {
        return Err(TokenError::Malformed);
    }
    if !signature::is_valid(root, checks.public_key, checks.accept_sha1) {
        return Err(TokenError::Signature);
    }
    check_audience(root)?;
    check_times(root, checks)?;
    check_recipient(root, checks)?;
    if attribute(root, "user_uuid").is_some() {
        // The tenant keeps no UUID that could agree.
        return Err(TokenError::UserUuid);
    }
    let name = descendant(root, "NameID").map(text).filter(|name| !name.is_empty());
    Ok(Subject { name: name.ok_or(TokenError::InvalidUser)?, kind: name_kind(root) })
}

fn check_audience(root: Node<'_, '_>) -> Result<(), TokenError> {
    let mut audiences = root.descendants().filter(|node| node.has_tag_name((SAML, "Audience")));
    if audiences.any(|node| text(node) == AUDIENCE) { Ok(()) } else { Err(TokenError::Audience) }
}

fn check_times(root: Node<'_, '_>, checks: &Checks<'_>) -> Result<(), TokenError> {
    let limited = ["Conditions", "SubjectConfirmationData"];
    let nodes = limited.iter().filter_map(|name| descendant(root, name));
    for node in nodes {
        if let Some(from) = time(node, "NotBefore")?
            && checks.now < from - checks.tolerance
        {
            return Err(TokenError::NotYetValid);
        }
        if let Some(until) = time(node, "NotOnOrAfter")?
            && checks.now >= until + checks.tolerance
        {
            return Err(TokenError::Expired);
        }
    }
    Ok(())
}

fn time(node: Node<'_, '_>, name: &str) -> Result<Option<DateTime<Utc>>, TokenError> {
    let Some(value) = node.attribute(name) else { return Ok(None) };
    let time = DateTime::parse_from_rfc3339(value).map_err(|_| TokenError::Malformed)?;
    Ok(Some(time.with_timezone(&Utc)))
}

/// Both `/oauth/token` and `/odata/v2` are in use as recipients; the host is what counts.
fn check_recipient(root: Node<'_, '_>, checks: &Checks<'_>) -> Result<(), TokenError> {
    let recipient = descendant(root, "SubjectConfirmationData").and_then(|node| node.attribute("Recipient"));
    let Some(recipient) = recipient else { return Ok(()) };
    let rest = recipient.split_once("://").map_or(recipient, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let known = checks.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
    if known { Ok(()) } else { Err(TokenError::Recipient) }
}

fn name_kind(root: Node<'_, '_>) -> NameKind {
    let is_true = |name| attribute(root, name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    if is_true("use_username") {
        NameKind::Username
    } else if is_true("use_email") {
        NameKind::Email
    } else {
        NameKind::UserId
    }
}

/// The value of a SAML attribute.
fn attribute(root: Node<'_, '_>, name: &str) -> Option<String> {
    let mut nodes = root.descendants().filter(|node| node.has_tag_name((SAML, "Attribute")));
    let found = nodes.find(|node| node.attribute("Name") == Some(name))?;
    descendant(found, "AttributeValue").map(text)
}

fn descendant<'a, 'i>(root: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    root.descendants().find(|node| node.has_tag_name((SAML, name)))
}

/// All text of an element, comments skipped.
fn text(node: Node<'_, '_>) -> String {
    let pieces: String = node.descendants().filter(Node::is_text).filter_map(|one| one.text()).collect();
    pieces.trim().to_owned()
}
