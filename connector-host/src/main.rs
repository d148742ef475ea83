//! The `sfsf-connector` program.

/// What is freed is zeroed, so that no secret outlives its session.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    connector_host::main()
}
