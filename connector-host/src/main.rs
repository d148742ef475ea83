//! The `sfsf-connector` program.

fn main() -> std::process::ExitCode {
    connector_host::main()
}
