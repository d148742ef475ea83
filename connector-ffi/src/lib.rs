//! The C ABI: what a host of any language loads.
//!
//! JSON in, JSON out: requests and events are those of the protocol (`docs/protocol.md`), the same as
//! over standard input and output. The functions are in [`abi`], with all that a caller has to know;
//! everything beneath is safe code. Conventions:
//!
//! - A handle is a ticket and not an address. One that was freed, or is of another type, is refused.
//! - Every function may be called from any thread. A stream has one consumer at a time; anybody may cancel it.
//! - Nothing is called back, printed, or ended; no signal handler is installed. Threads exist only while a
//!   connection or stream is open.
//! - A panic inside becomes [`SFSF_INTERNAL`](abi::sfsf_status::SFSF_INTERNAL), and the next call works.

pub mod abi;
mod connection;
mod engine;
mod failure;
mod handles;
mod library;
mod log;
mod status;
mod stream;

pub use library::Library;

/// What is freed is zeroed, so that no secret outlives its session.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
