//! The version of the ABI, and what its functions say.

#![allow(non_camel_case_types, reason = "names of the ABI are written as C writes them")]

/// A caller that was made for another major version must not call anything but `sfsf_abi_version`.
pub const SFSF_ABI_MAJOR: u32 = 1;
/// Grows when functions or statuses are added.
pub const SFSF_ABI_MINOR: u32 = 1;

/// What became of a call. Below zero it failed, and the buffer says why, as JSON with a sentence in
/// `error.message`. Numbers are never used again for anything else.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sfsf_status {
    /// Done.
    SFSF_OK = 0,
    /// The stream has ended well; the buffer holds its result. There is nothing after it.
    SFSF_END = 1,
    /// Nothing came in the time given. Ask again.
    SFSF_WAIT = 2,
    /// The operation failed; the buffer holds its error. A stream has ended with it.
    SFSF_FAILED = -1,
    /// The operation was cancelled; the buffer holds its error. A stream has ended with it.
    SFSF_CANCELLED = -2,
    /// The request or configuration is not what the protocol asks for; the caller has to change it.
    SFSF_MALFORMED = -3,
    /// A pointer is NULL that must not be.
    SFSF_NULL_POINTER = -4,
    /// The handle was freed already, or is no handle of this type.
    SFSF_BAD_HANDLE = -5,
    /// The request is larger than `limits.request_bytes` of `sfsf_info` allows.
    SFSF_TOO_LARGE = -6,
    /// Another thread is in `sfsf_next` with this stream.
    SFSF_BUSY = -7,
    /// The stream has ended before, and its end was told.
    SFSF_FINISHED = -8,
    /// A fault of the library. The handle can be used further.
    SFSF_INTERNAL = -9,
}
