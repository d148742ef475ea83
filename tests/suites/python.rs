//! The Python package: its own tests against a tenant, its examples, and its installation.

use connector_core::ErrorKind;
use sandbox::Options;
use serde_json::Value as Json;
use tests::{Artifacts, Tenant, Tool, keys, need, root};

/// A tenant, and a file with a configuration for it.
struct Setting {
    tenant: Tenant,
    folder: tempfile::TempDir,
}

impl Setting {
    async fn start(people: usize) -> Self {
        let tenant = Tenant::start(Options { people, ..Options::default() }).await;
        let folder = tempfile::tempdir().unwrap();
        let configuration = Json::Object(keys(&tenant.sandbox)).to_string();
        std::fs::write(folder.path().join("configuration.json"), configuration).unwrap();
        Self { tenant, folder }
    }

    /// Python with the package from the tree.
    fn python(&self) -> Option<Tool> {
        Some(with_package(need("python3", "Python")?).env("SFSF_TEST_CONFIGURATION", self.configuration()))
    }

    fn configuration(&self) -> std::path::PathBuf {
        self.folder.path().join("configuration.json")
    }
}

fn with_package(python: std::path::PathBuf) -> Tool {
    let library = Artifacts::get().shared_library();
    Tool::new(python)
        .env("PYTHONPATH", root().join("bindings/python/src"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SFSF_CONNECTOR_LIBRARY", library)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_keeps_its_own_tests() {
    let setting = Setting::start(300).await;
    let Some(python) = setting.python() else { return };
    let kinds = ErrorKind::ALL.map(ErrorKind::as_str).join(" ");
    let arguments = ["-X", "dev", "-W", "error", "-m", "unittest", "discover", "-v"];
    let python = python.args(&arguments).env("SFSF_TEST_KINDS", kinds);
    python.within(root().join("bindings/python/tests")).succeed_beside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_do_what_they_say() {
    let setting = Setting::start(10).await;
    let example = |name: &str, arguments: &[&str]| {
        let path = root().join("bindings/python/examples").join(name);
        Some(setting.python()?.arg(path).arg(setting.configuration()).args(arguments))
    };
    let Some(search) = example("search.py", &["userId eq 'sfapi'"]) else { return };
    let found = search.run_beside().await;
    assert_eq!((found.code, found.output.as_str()), (Some(0), "sfapi\tsfapi\t\n"), "{}", found.error);
    assert_eq!(found.error, "1 found\n");

    let refused = example("search.py", &["shoeSize eq '44'"]).unwrap().run_beside().await;
    assert_eq!(refused.code, Some(1));
    assert!(refused.error.starts_with("invalid_attribute: search: "), "{}", refused.error);

    let saved = example("save.py", &["sfapi", "title", "CTO"]).unwrap().run_beside().await;
    assert_eq!((saved.code, saved.output.as_str()), (Some(0), "sfapi: updated\n"), "{}", saved.error);
    let nobody = example("save.py", &["nobody", "title", "CTO"]).unwrap().run_beside().await;
    assert_eq!((nobody.code, nobody.output.as_str()), (Some(1), "there is nobody with the uid nobody\n"));
    let wrong = example("save.py", &["sfapi", "shoeSize", "44"]).unwrap().run_beside().await;
    assert!(wrong.output.starts_with("shoeSize was not accepted: "), "{}", wrong.output);

    setting.tenant.fault("throttle=300:GET /odata/v2/User");
    let later = example("save.py", &["sfapi", "title", "CFO"]).unwrap().run_beside().await;
    assert_eq!(
        (later.code, later.output.as_str()),
        (Some(3), "try again in 300 seconds\n"),
        "{}",
        later.error
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_is_installed_by_pip_without_a_network() {
    let setting = Setting::start(10).await;
    let Some(python) = need("python3", "Python") else { return };
    let folder = setting.folder.path().join("venv");
    if !tests::skip::has_module(&python, "ensurepip") {
        return tests::skip::missing("ensurepip");
    }
    Tool::new(&python).args(&["-m", "venv"]).arg(&folder).succeed_beside().await;
    let installed = folder.join("bin/python");
    // A copy, so that building leaves nothing in the tree.
    let copy = setting.folder.path().join("package");
    let package = root().join("bindings/python");
    Tool::new("cp").arg("-r").arg(&package).arg(&copy).succeed_beside().await;
    let arguments = ["-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check"];
    Tool::new(&installed).args(&arguments).arg(&copy).succeed_beside().await;
    let program = "import json, sys, sfsf_connector as s\n\
        with s.Connection(sys.argv[1]) as c:\n  print(c.get('User', 'sfapi').presence)\n\
        info = json.loads(s.load().info())\n\
        print(s.__file__, s.__version__ == info['server']['version'])\n";
    let python = Tool::new(&installed).args(&["-I", "-c", program]).arg(setting.configuration());
    let output =
        python.env("SFSF_CONNECTOR_LIBRARY", Artifacts::get().shared_library()).succeed_beside().await;
    let lines: Vec<_> = output.lines().collect();
    assert_eq!(lines[0], "active");
    assert!(lines[1].contains("venv") && lines[1].ends_with(" True"), "{output}");
    let shown =
        Tool::new(&installed).args(&["-m", "pip", "show", "-f", "sfsf-connector"]).succeed_beside().await;
    assert!(shown.contains("sfsf_connector/py.typed"), "{shown}");
}

#[test]
fn the_library_is_looked_for_and_its_absence_explained() {
    let Some(python) = need("python3", "Python") else { return };
    let program = "import sfsf_connector as s
try:
  s.load()
except s.errors.ConfigurationError as e:
  print(e)
";
    let source = root().join("bindings/python/src");
    let python = Tool::new(python).env("PYTHONPATH", source).env("SFSF_CONNECTOR_LIBRARY", "");
    let output = python.env("PYTHONDONTWRITEBYTECODE", "1").args(&["-c", program]).succeed();
    assert!(output.starts_with("the connector library was not found: name it with library="), "{output}");
    assert_eq!(output.lines().count(), 1);
}
