//! A broker that speaks TLS, and only with whom it knows.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use serde_json::json;
use tempfile::TempDir;

use crate::broker::{Broker, free_ports};
use crate::support::{Scene, Worker, request};

/// The password of the broker's user.
pub const PASSWORD: &str = "Rabbit-Canary-2026";

/// A broker with an authority of its own.
pub struct Secure {
    broker: Broker,
    port: u16,
    files: TempDir,
}

impl Secure {
    /// The one that all tests share; none where RabbitMQ is not installed.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Secure>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    fn start() -> Option<Self> {
        let files = TempDir::new().unwrap();
        authority(files.path(), "ours");
        authority(files.path(), "other");
        let [port] = free_ports();
        let at = |name: &str| files.path().join(name).display().to_string();
        let lines = format!(
            "listeners.ssl.default = 127.0.0.1:{port}\nssl_options.cacertfile = {}\nssl_options.certfile = {}\n\
             ssl_options.keyfile = {}\nssl_options.verify = verify_peer\nssl_options.fail_if_no_peer_cert = true\n\
             default_user = connector\ndefault_pass = {PASSWORD}",
            at("ours.pem"),
            at("ours-server.pem"),
            at("ours-server.key"),
        );
        let broker = Broker::configured(&lines, &format!("connector:{PASSWORD}"))?;
        Some(Self { broker, port, files })
    }

    /// A file of the authority.
    pub fn file(&self, name: &str) -> PathBuf {
        self.files.path().join(name)
    }

    /// A scene whose workers come by TLS, with the password in their environment.
    pub async fn scene(people: usize) -> Option<(&'static Self, Scene)> {
        let secure = tokio::task::spawn_blocking(Self::shared).await.unwrap()?;
        let mut scene = Scene::at(&secure.broker, people).await;
        scene.address = format!("amqps://connector@localhost:{}", secure.port);
        scene.environment = vec![("SFSF_BROKER_PASSWORD".to_owned(), PASSWORD.to_owned())];
        scene.run(&[&["topology", "--delay", "1"][..], &secure.trust(), &secure.show("ours")].concat(), 0);
        Some((secure, scene))
    }

    /// The arguments for the authority of the broker.
    pub fn trust(&self) -> [&str; 2] {
        ["--broker-ca-file", self.leak("ours.pem")]
    }

    /// The arguments for the client that this authority knows.
    pub fn show(&self, authority: &str) -> [&str; 4] {
        let (certificate, key) = (format!("{authority}-client.pem"), format!("{authority}-client.key"));
        ["--broker-certificate", self.leak(&certificate), "--broker-key-file", self.leak(&key)]
    }

    fn leak(&self, name: &str) -> &'static str {
        Box::leak(self.file(name).display().to_string().into_boxed_str())
    }
}

/// Writes an authority, and a server and a client that it knows.
fn authority(directory: &Path, name: &str) {
    let write =
        |file: &str, text: String| std::fs::write(directory.join(format!("{name}{file}")), text).unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    write(".pem", issuer.pem());
    for (role, purpose) in
        [("server", ExtendedKeyUsagePurpose::ServerAuth), ("client", ExtendedKeyUsagePurpose::ClientAuth)]
    {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.extended_key_usages = vec![purpose];
        let key = KeyPair::generate().unwrap();
        write(&format!("-{role}.pem"), params.signed_by(&key, &issuer).unwrap().pem());
        write(&format!("-{role}.key"), key.serialize_pem());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_wants_a_certificate_gets_it_and_a_request_is_answered() {
    let Some((secure, scene)) = Secure::scene(10).await else { return };
    let _worker = scene.worker(&[&secure.trust()[..], &secure.show("ours")].concat());
    let mut requester = scene.requester().await;
    requester.read("tls", &request("test", json!({}))).await;
    assert!(requester.reply().await.1.get("result").is_some());
}

/// A worker that says why it does not get to the broker.
async fn refused(scene: &Scene, arguments: &[&str]) -> String {
    let worker: Worker = scene.worker(arguments);
    worker.says("cannot be reached").await;
    let log = worker.log();
    log.lines().find(|line| line.contains("cannot be reached")).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_without_the_right_certificates_says_which_broker_refuses_it() {
    let Some((secure, scene)) = Secure::scene(2).await else { return };
    let place = format!("the broker amqps://localhost:{}/", secure.port);
    for arguments in [
        // A server that nobody vouches for, no certificate, and one of somebody else.
        secure.show("ours").to_vec(),
        secure.trust().to_vec(),
        [&secure.trust()[..], &secure.show("other")].concat(),
    ] {
        let said = refused(&scene, &arguments).await;
        eprintln!("{said}");
        assert!(said.contains(&place) && !said.contains(PASSWORD), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_named_and_not_told() {
    let Some((secure, mut scene)) = Secure::scene(2).await else { return };
    scene.environment = vec![("SFSF_BROKER_PASSWORD".to_owned(), "Wrong-Canary-1".to_owned())];
    let worker = scene.worker(&[&secure.trust()[..], &secure.show("ours")].concat());
    worker.says("refuses user or password").await;
    assert!(!worker.log().contains("Wrong-Canary-1"), "{}", worker.log());
}
