//! Linker options of the shared library.

fn main() {
    // Threads and thread-locals outlive whoever loaded the library: unloading it would pull the code from
    // under them (rust-lang/rust#140798). With this flag, `dlclose` leaves it where it is.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux" || os.ends_with("bsd")) {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
