//! The signed assertion before an outside judge: xmlsec1. Where it is not installed the test says so.

use std::io::Write as _;
use std::process::{Command, Stdio};

use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use sandbox::{Options, Sandbox};
use serde_json::json;
use tests::{connector, keys};

const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion:Assertion";

/// Whether xmlsec1 accepts the document, with the key of this certificate.
fn accepts(xml: &str, certificate: &std::path::Path) -> bool {
    let mut process = Command::new("xmlsec1")
        .args(["--verify", "--id-attr:ID", ASSERTION, "--pubkey-cert-pem"])
        .arg(certificate)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(xml.as_bytes()).unwrap();
    process.wait().unwrap().success()
}

fn xmlsec1_is_here() -> bool {
    let here = Command::new("xmlsec1").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !here {
        tests::skip::missing("xmlsec1");
    }
    here
}

/// The tenant's key as a PEM of either kind, and as the base64 text that SuccessFactors hands out.
fn forms(pem: &str, certificate: &str) -> Vec<(&'static str, String)> {
    let key = RsaPrivateKey::from_pkcs8_pem(pem).unwrap();
    let pkcs1 = key.to_pkcs1_pem(rsa::pkcs8::LineEnding::LF).unwrap().to_string();
    let encrypted =
        key.to_pkcs8_encrypted_pem(rsa::rand_core::OsRng, "Pass-phrase1", rsa::pkcs8::LineEnding::LF);
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let body1: String = pkcs1.lines().filter(|line| !line.starts_with("-----")).collect();
    vec![
        ("PKCS#8", pem.to_owned()),
        ("a certificate before the key", format!("{certificate}{pem}")),
        ("a certificate after the key", format!("{pem}{certificate}")),
        ("PKCS#1", pkcs1),
        ("PKCS#8 without header", body),
        ("PKCS#1 without header", body1),
        ("escaped line ends", pem.replace('\n', "\\n")),
        ("encrypted PKCS#8", encrypted.unwrap().to_string()),
    ]
}

#[tokio::test]
async fn xmlsec1_accepts_the_assertion_for_every_form_of_the_key_and_refuses_one_changed_byte() {
    if !xmlsec1_is_here() {
        return;
    }
    let tenant = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let certificate = folder.path().join("client.crt");
    std::fs::write(&certificate, tenant.certificate_pem()).unwrap();
    for (form, key) in forms(tenant.private_key_pem(), tenant.certificate_pem()) {
        let mut keys = keys(&tenant);
        keys.insert("private_key".into(), key.into());
        keys.insert("private_key_passphrase".into(), "Pass-phrase1".into());
        // Everything that might break the canonical form.
        keys.insert("username".into(), "a<b>&\"c' é 🙂\r\nx".into());
        keys.insert("issuer".into(), "https://idp.example/?a=1&b=\"2\"".into());
        let xml = connector(keys).unwrap().assertion().unwrap();
        assert!(accepts(&xml, &certificate), "{form}: {xml}");
        let changed = xml.replacen("www.successfactors.com", "www.successfactors.con", 1);
        assert_ne!(xml, changed);
        assert!(!accepts(&changed, &certificate), "{form}: one changed byte passed");
    }
}

#[tokio::test]
async fn a_certificate_in_the_assertion_does_not_disturb_the_signature() {
    if !xmlsec1_is_here() {
        return;
    }
    let tenant = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("client.crt");
    std::fs::write(&file, tenant.certificate_pem()).unwrap();
    let mut keys = keys(&tenant);
    keys.insert("certificate".into(), json!(file));
    let xml = connector(keys).unwrap().assertion().unwrap();
    assert!(xml.contains("X509Certificate"));
    let verified = Command::new("xmlsec1")
        .args(["--verify", "--id-attr:ID", ASSERTION, "--trusted-pem"])
        .arg(&file)
        .arg("/dev/stdin")
        .stdin({
            let path = folder.path().join("assertion.xml");
            std::fs::write(&path, &xml).unwrap();
            std::fs::File::open(path).unwrap()
        })
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn a_bad_key_is_refused_with_the_way_to_repair_it() {
    let error = |key: &str, passphrase: Option<&str>| {
        let keys = json!({"url": "https://h.example", "company_id": "A", "username": "u", "client_id": "c",
            "private_key": key, "private_key_passphrase": passphrase});
        connector(keys.as_object().unwrap().clone()).map(|_| ()).unwrap_err().to_string()
    };
    let pem =
        |label: &str, head: &str| format!("-----BEGIN {label}-----\n{head}AAAA\n-----END {label}-----\n");
    assert!(error("nonsense!", None).contains("neither PEM nor base64"));
    assert!(error("AAAA", None).contains("damaged"));
    assert!(error(&pem("PRIVATE KEY", ""), None).contains("openssl pkey"));
    assert!(error(&pem("EC PRIVATE KEY", ""), None).contains("'EC PRIVATE KEY'"));
    assert!(error(&pem("ENCRYPTED PRIVATE KEY", ""), None).contains("private_key_passphrase"));
    let legacy = pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n");
    assert!(error(&legacy, Some("x")).contains("openssl pkcs8 -topk8"));
}
