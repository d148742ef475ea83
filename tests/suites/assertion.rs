//! The signed assertion before an outside judge: xmlsec1. Where it is not installed the test says so.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::pkcs5::pbes2::Parameters;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding, PrivateKeyInfo};
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
    tests::need("xmlsec1", "xmlsec1").is_some()
}

/// The tenant's key as a PEM of either kind, and as the base64 text that SuccessFactors hands out.
fn forms(pem: &str, certificate: &str) -> Vec<(&'static str, String)> {
    let key = RsaPrivateKey::from_pkcs8_pem(pem).unwrap();
    let pkcs1 = key.to_pkcs1_pem(LineEnding::LF).unwrap().to_string();
    let encrypted = encrypted(&key);
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let body1: String = pkcs1.lines().filter(|line| !line.starts_with("-----")).collect();
    vec![
        ("PKCS#8", pem.to_owned()),
        ("a certificate before the key", format!("{certificate}{pem}")),
        ("a certificate after the key", format!("{pem}{certificate}")),
        ("PKCS#1", pkcs1),
        ("PKCS#8 without header", body.clone()),
        ("PKCS#1 without header", body1),
        ("escaped line ends", pem.replace('\n', "\\n")),
        ("encrypted PKCS#8", encrypted),
        ("line ends of Windows", pem.replace('\n', "\r\n")),
        ("escaped line ends of Windows", pem.replace('\n', "\\r\\n")),
        ("line ends escaped twice", pem.replace('\n', "\\\\n")),
        ("blanks for line ends", pem.replace('\n', " ")),
        ("no line ends", pem.replace('\n', "")),
        ("no blanks at all", pem.replace([' ', '\n'], "")),
        ("a byte-order mark", format!("\u{feff}{pem}")),
        ("quotes around it", format!("\"{}\"", pem.replace('\n', "\\n").replace('/', "\\/"))),
        ("lines indented", pem.replace('\n', "\n    ")),
        ("base64 of PEM", STANDARD.encode(pem)),
        ("base64 without padding", body.trim_end_matches('=').to_owned()),
        ("what Admin Center generates", generated(&body, certificate)),
        ("what Admin Center generates, in one line", generated(&body, certificate).replace('\n', "\\n")),
        ("what stands between its lines", between_the_lines(&body)),
        ("base64 of what Admin Center generates", STANDARD.encode(generated(&body, certificate))),
    ]
}

/// An encrypted key, of the kind that OpenSSL writes.
fn encrypted(key: &RsaPrivateKey) -> String {
    let parameters = Parameters::pbkdf2_sha256_aes256cbc(10_000, b"saltsalt", &[7; 16]).unwrap();
    let document = key.to_pkcs8_der().unwrap();
    let information = PrivateKeyInfo::try_from(document.as_bytes()).unwrap();
    let encrypted = information.encrypt_with_params(parameters, "Pass-phrase1").unwrap();
    encrypted.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap().to_string()
}

/// Base64 of the key, three signs, and something, in base64 again.
fn between_the_lines(body: &str) -> String {
    STANDARD.encode(format!("{body}###sf-api ü"))
}

/// The file that Admin Center > Manage OAuth2 Client Applications > Generate X.509 Certificate downloads.
fn generated(body: &str, certificate: &str) -> String {
    let inner = between_the_lines(body);
    let certificate: String = certificate.lines().filter(|line| !line.starts_with("-----")).collect();
    format!(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{inner}\n-----END ENCRYPTED PRIVATE KEY-----\n\
         -----BEGIN CERTIFICATE-----\n{certificate}\n-----END CERTIFICATE-----\n"
    )
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
        // What Admin Center generates calls itself encrypted, and has no passphrase.
        if form == "encrypted PKCS#8" {
            keys.insert("private_key_passphrase".into(), "Pass-phrase1".into());
        }
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

/// Every form in which people hold a certificate.
fn certificates(pem: &str, other: &str, key: &str) -> Vec<(&'static str, String)> {
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let key: String = key.lines().filter(|line| !line.starts_with("-----")).collect();
    vec![
        ("PEM", pem.to_owned()),
        ("PEM in one line", pem.replace('\n', "\\n")),
        ("PEM with blanks for line ends", pem.replace('\n', " ")),
        ("base64 without lines", body.clone()),
        (
            "base64 in lines",
            pem.lines().filter(|line| !line.starts_with("-----")).collect::<Vec<_>>().join("\n"),
        ),
        ("base64 in quotes", format!("'{body}'")),
        ("base64 of PEM", STANDARD.encode(pem)),
        ("a chain", format!("{other}{pem}")),
        ("what Admin Center generates", generated(&key, pem)),
    ]
}

#[tokio::test]
async fn a_certificate_in_any_form_is_in_the_assertion_and_does_not_disturb_the_signature() {
    if !xmlsec1_is_here() {
        return;
    }
    let tenant = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let other = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("client.crt");
    let trusted = folder.path().join("trusted.crt");
    std::fs::write(&trusted, tenant.certificate_pem()).unwrap();
    let body: String = tenant.certificate_pem().lines().filter(|line| !line.starts_with("-----")).collect();
    for (form, text) in
        certificates(tenant.certificate_pem(), other.certificate_pem(), tenant.private_key_pem())
    {
        std::fs::write(&file, &text).unwrap();
        for certificate in [json!(text), json!(file)] {
            let mut keys = keys(&tenant);
            keys.insert("certificate".into(), certificate);
            let xml = connector(keys).unwrap().assertion().unwrap();
            assert!(xml.contains(&format!("<ds:X509Certificate>{body}</ds:X509Certificate>")), "{form}");
            assert!(verified_by(&xml, &trusted), "{form}: {xml}");
        }
    }
    let der = STANDARD.decode(&body).unwrap();
    std::fs::write(&file, der).unwrap();
    let mut keys = keys(&tenant);
    keys.insert("certificate".into(), json!(file));
    assert!(connector(keys).unwrap().assertion().unwrap().contains(&body), "binary DER in a file");
}

/// Whether xmlsec1 accepts the document with the certificate in it, which it has to trust.
fn verified_by(xml: &str, trusted: &std::path::Path) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("assertion.xml");
    std::fs::write(&path, xml).unwrap();
    let verified = Command::new("xmlsec1")
        .args(["--verify", "--id-attr:ID", ASSERTION, "--trusted-pem"])
        .arg(trusted)
        .arg(&path)
        .output()
        .unwrap();
    verified.status.success()
}

#[tokio::test]
async fn what_is_no_certificate_of_the_key_is_refused_and_not_left_out_in_silence() {
    let tenant = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let other = Sandbox::start(Options { people: 2, ..Options::default() }).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("client.crt");
    let refused = |certificate: serde_json::Value| {
        let mut keys = keys(&tenant);
        keys.insert("certificate".into(), certificate);
        let error = connector(keys).map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), connector_core::ErrorKind::Configuration, "{error}");
        assert!(error.message().contains("certificate"), "{error}");
        error.to_string()
    };
    let request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----";
    for (text, word) in [
        ("hello", "neither PEM nor base64"),
        ("", "no certificate"),
        (tenant.private_key_pem(), "'PRIVATE KEY'"),
        (request, "'CERTIFICATE REQUEST'"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "damaged"),
        (other.certificate_pem(), "does not belong to private_key"),
    ] {
        std::fs::write(&file, text).unwrap();
        let error = refused(json!(file));
        assert!(error.contains(word), "{word}: {error}");
    }
    assert!(refused(json!("hello")).contains("does not exist"));
    assert!(refused(json!(other.certificate_pem())).contains("does not belong"));
    let key: String = tenant.private_key_pem().lines().filter(|line| !line.starts_with("-----")).collect();
    let error = refused(json!(key));
    assert!(error.contains("a private key") && !error.contains(&key[..40]), "{error}");
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
    for (key, word) in [
        (pem("PUBLIC KEY", ""), "a public key"),
        (pem("CERTIFICATE", ""), "a certificate"),
        (pem("CERTIFICATE REQUEST", ""), "a request for a certificate"),
        (pem("OPENSSH PRIVATE KEY", ""), "ssh-keygen -p -m PEM"),
        ("ssh-rsa AAAAB3NzaC1yc2E me@here".to_owned(), "a public key"),
        ("PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none".to_owned(), "puttygen"),
        ("{\"kty\":\"RSA\"}".to_owned(), "JSON"),
        ("<RSAKeyValue></RSAKeyValue>".to_owned(), "XML"),
    ] {
        assert!(error(&key, None).contains(word), "{key}: {}", error(&key, None));
    }
}

/// Runs `openssl` in a folder; false if it is not installed.
fn openssl(folder: &std::path::Path, arguments: &str) -> bool {
    let ran = Command::new("openssl").current_dir(folder).args(arguments.split(' ')).output();
    let Some(ran) = tests::skip::unless_missing("openssl", ran) else { return false };
    assert!(ran.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&ran.stderr));
    true
}

#[test]
fn what_openssl_writes_is_read_or_refused_with_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let make = "req -x509 -newkey rsa:2048 -sha256 -nodes -subj /CN=x -keyout key.pem -out cert.pem";
    if !openssl(folder.path(), make) {
        return;
    }
    for arguments in [
        "pkcs8 -topk8 -v2 aes-256-cbc -in key.pem -out pbkdf2.pem -passout pass:Pass-phrase1",
        "pkcs8 -topk8 -v2 aes-128-cbc -iter 1000001 -in key.pem -out endless.pem -passout pass:Pass-phrase1",
        "pkcs8 -topk8 -scrypt -in key.pem -out scrypt.pem -passout pass:Pass-phrase1",
        "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA1 -in key.pem -out sha1.pem -passout pass:Pass-phrase1",
        "pkcs8 -topk8 -v2 des3 -in key.pem -out des3.pem -passout pass:Pass-phrase1",
        "pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.der",
        "rsa -in key.pem -traditional -out pkcs1.pem",
        "pkcs12 -export -in cert.pem -inkey key.pem -out key.p12 -passout pass:Pass-phrase1",
        "pkey -in key.pem -pubout -out public.pem",
        "x509 -in cert.pem -outform DER -out cert.der",
        "ecparam -genkey -name prime256v1 -noout -out ec.pem",
        "pkcs8 -topk8 -nocrypt -in ec.pem -out ec8.pem",
        "pkcs8 -topk8 -nocrypt -in ec.pem -outform DER -out ec8.der",
        "genrsa -out short.pem 1024",
        "crl2pkcs7 -nocrl -certfile cert.pem -outform DER -out chain.p7b",
        "req -new -key key.pem -subj /CN=x -outform DER -out request.der",
    ] {
        openssl(folder.path(), arguments);
    }
    // 128 MiB are what this library takes unless told otherwise.
    let pem = std::fs::read_to_string(folder.path().join("key.pem")).unwrap();
    let key = RsaPrivateKey::from_pkcs8_pem(&pem).unwrap();
    let huge = key.to_pkcs8_encrypted_pem(rsa::rand_core::OsRng, "Pass-phrase1", LineEnding::LF).unwrap();
    std::fs::write(folder.path().join("huge.pem"), huge.as_bytes()).unwrap();
    std::fs::write(folder.path().join("key.jks"), [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2]).unwrap();
    let read = |name: &str, passphrase: Option<&str>| {
        let keys = json!({"url": "https://h.example", "company_id": "A", "username": "u", "client_id": "c",
            "private_key_file": folder.path().join(name), "private_key_passphrase": passphrase});
        connector(keys.as_object().unwrap().clone()).map(|_| ()).map_err(|error| error.to_string())
    };
    let (right, wrong) = (Some("Pass-phrase1"), Some("another"));
    for (name, passphrase) in [
        ("key.pem", None),
        ("key.der", None),
        ("pkcs1.pem", None),
        ("pbkdf2.pem", right),
        ("scrypt.pem", right),
        // A passphrase too many does no harm.
        ("key.pem", right),
    ] {
        assert_eq!(read(name, passphrase), Ok(()), "{name}");
    }
    for (name, passphrase, word) in [
        ("pbkdf2.pem", None, "give its passphrase"),
        ("pbkdf2.pem", wrong, "check private_key_passphrase"),
        ("scrypt.pem", wrong, "check private_key_passphrase"),
        ("endless.pem", right, "1000000 are the most"),
        ("huge.pem", right, "64 MiB"),
        ("sha1.pem", right, "outdated"),
        ("des3.pem", right, "outdated"),
        ("key.p12", right, "openssl pkcs12 -in FILE -nocerts -nodes"),
        ("key.jks", None, "keytool"),
        ("public.pem", None, "a public key"),
        ("cert.pem", None, "a certificate"),
        ("cert.der", None, "a certificate"),
        ("ec.pem", None, "EC"),
        ("ec8.pem", None, "an EC key"),
        ("ec8.der", None, "an EC key"),
        ("short.pem", None, "1024 bits"),
        ("chain.p7b", None, "PKCS#7"),
        ("request.der", None, "a request for a certificate"),
    ] {
        let error = read(name, passphrase).unwrap_err();
        assert!(error.contains(word), "{name}: {error}");
    }
    let pkcs12 = STANDARD.encode(std::fs::read(folder.path().join("key.p12")).unwrap());
    std::fs::write(folder.path().join("key.b64"), pkcs12).unwrap();
    assert!(read("key.b64", right).unwrap_err().contains("openssl pkcs12"));
}
