//! Verifies the enveloped XML signature of an assertion with the key registered for the client. Whatever
//! key the message itself carries is ignored.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RsaParameters,
    UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Node;

use crate::auth::c14n::{Form, canonical};

pub(crate) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
pub(crate) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
pub(crate) const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Whether the root element of a document carries a valid signature over itself.
pub(crate) fn is_valid(root: Node<'_, '_>, public_key: &[u8], accept_sha1: bool) -> bool {
    verify(root, public_key, accept_sha1).is_some()
}

fn verify(root: Node<'_, '_>, public_key: &[u8], accept_sha1: bool) -> Option<()> {
    let signature = only_child(root, "Signature")?;
    let info = only_child(signature, "SignedInfo")?;
    let reference = only_child(info, "Reference")?;
    check_reference(root, signature, reference, accept_sha1)?;
    let form = form(only_child(info, "CanonicalizationMethod")?)?;
    let signed = canonical(info, form, None);
    let parameters = rsa(algorithm(only_child(info, "SignatureMethod")?)?, accept_sha1)?;
    let value = decode(only_child(signature, "SignatureValue")?)?;
    UnparsedPublicKey::new(parameters, public_key).verify(signed.as_bytes(), &value).ok()
}

/// The one reference must be to the assertion itself, and its digest must be right.
fn check_reference(
    root: Node<'_, '_>,
    signature: Node<'_, '_>,
    reference: Node<'_, '_>,
    accept_sha1: bool,
) -> Option<()> {
    let uri = reference.attribute("URI")?;
    let id = root.attribute("ID").unwrap_or_default();
    if !(uri.is_empty() || uri.strip_prefix('#').is_some_and(|target| target == id && !id.is_empty())) {
        return None;
    }
    let mut form = Form::Inclusive;
    let mut enveloped = false;
    for transform in children(only_child(reference, "Transforms")?, "Transform") {
        match algorithm(transform)? {
            ENVELOPED => enveloped = true,
            _ => form = self::form(transform)?,
        }
    }
    let content = canonical(root, form, enveloped.then(|| signature.id()));
    let algorithm = hash(algorithm(only_child(reference, "DigestMethod")?)?, accept_sha1)?;
    let wanted = decode(only_child(reference, "DigestValue")?)?;
    (digest::digest(algorithm, content.as_bytes()).as_ref() == wanted).then_some(())
}

fn children<'a, 'i>(parent: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    parent.children().filter(move |child| child.has_tag_name((DSIG, name)))
}

/// The child of that name, if there is exactly one: a second one is how signatures are wrapped.
fn only_child<'a, 'i>(parent: Node<'a, 'i>, name: &'a str) -> Option<Node<'a, 'i>> {
    let mut found = children(parent, name);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn algorithm<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute("Algorithm")
}

/// The canonical form that an element names. Prefix lists are not supported.
fn form(node: Node<'_, '_>) -> Option<Form> {
    if node.children().any(|child| child.is_element()) {
        return None;
    }
    match algorithm(node)? {
        EXCLUSIVE => Some(Form::Exclusive),
        INCLUSIVE => Some(Form::Inclusive),
        _ => None,
    }
}

fn rsa(name: &str, accept_sha1: bool) -> Option<&'static RsaParameters> {
    match name {
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => Some(&RSA_PKCS1_2048_8192_SHA256),
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1" if accept_sha1 => {
            Some(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY)
        }
        _ => None,
    }
}

fn hash(name: &str, accept_sha1: bool) -> Option<&'static digest::Algorithm> {
    match name {
        "http://www.w3.org/2001/04/xmlenc#sha256" => Some(&digest::SHA256),
        "http://www.w3.org/2000/09/xmldsig#sha1" if accept_sha1 => Some(&digest::SHA1_FOR_LEGACY_USE_ONLY),
        _ => None,
    }
}

fn decode(node: Node<'_, '_>) -> Option<Vec<u8>> {
    let text: String = node.text().unwrap_or_default().chars().filter(|one| !one.is_whitespace()).collect();
    STANDARD.decode(text).ok()
}
