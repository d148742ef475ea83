//! The functions of the ABI, and nothing else: pointers are checked here, panics are caught here, and
//! this is the only unsafe code of the project.

#![allow(non_camel_case_types, reason = "names of the ABI are written as C writes them")]
#![allow(unsafe_code, reason = "this is the border to C")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;
use std::time::Duration;

use connector_core::log::LogLevel;
use connector_core::protocol::Limits;
use connector_core::{Error, ErrorKind};

use crate::failure::Failure;
use crate::library::Library;
use crate::log;
pub use crate::status::{SFSF_ABI_MAJOR, SFSF_ABI_MINOR, sfsf_status};
use crate::stream::Pulled;

use sfsf_status::{SFSF_END, SFSF_INTERNAL, SFSF_NULL_POINTER, SFSF_OK, SFSF_TOO_LARGE, SFSF_WAIT};

/// How much is logged. Each level contains those before it.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sfsf_log_severity {
    /// Nothing.
    SFSF_LOG_OFF = 0,
    /// What failed.
    SFSF_LOG_ERROR = 1,
    /// What somebody should look at.
    SFSF_LOG_WARN = 2,
    /// One line for each operation.
    SFSF_LOG_INFO = 3,
    /// Requests and answers, without their content.
    SFSF_LOG_DEBUG = 4,
    /// Everything there is.
    SFSF_LOG_TRACE = 5,
}

/// A connection to one tenant. A ticket and not an address: never follow it.
pub struct sfsf_connection {
    _private: [u8; 0],
}

/// The events of one request. A ticket and not an address: never follow it.
pub struct sfsf_stream {
    _private: [u8; 0],
}

/// Bytes that the library made: UTF-8, not ended by a zero. Begin with all zeroes; free with
/// `sfsf_buffer_free` before it is used again, whatever the call returned.
#[repr(C)]
#[derive(Debug)]
pub struct sfsf_buffer {
    /// The bytes; NULL if there are none.
    pub data: *mut u8,
    /// How many there are.
    pub length: usize,
    /// How much was set aside for them. Leave it alone.
    pub capacity: usize,
}

/// The version of the ABI: major << 16 | minor. A caller goes on only if the major is the one that it was
/// made for, and the minor at least that one.
#[unsafe(no_mangle)]
pub extern "C" fn sfsf_abi_version() -> u32 {
    SFSF_ABI_MAJOR << 16 | SFSF_ABI_MINOR
}

/// Versions, limits, and the manifest: what the connector can do and which keys its configuration has.
///
/// # Safety
///
/// `out` is NULL or points to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_info(out: *mut sfsf_buffer) -> sfsf_status {
    // SAFETY: as the caller promises.
    unsafe { answer(out, || Library::get().info().map(|info| (SFSF_OK, info))) }
}

/// Opens a connection with a configuration: a JSON object with the keys that the manifest names. Nothing is
/// sent. Afterwards `*connection` is a handle, to be freed with `sfsf_close`; or NULL, and `error` says why.
///
/// # Safety
///
/// `configuration` points to `length` bytes, `connection` to a place for a handle; `error` is NULL or
/// points to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_open(
    configuration: *const u8,
    length: usize,
    connection: *mut *mut sfsf_connection,
    error: *mut sfsf_buffer,
) -> sfsf_status {
    // SAFETY: as the caller promises.
    unsafe { make(connection, error, || Library::get().open(bytes(configuration, length)?)) }
}

/// Carries out a request that has one answer, and waits for it. `out` holds the answer, or the error.
/// Several threads may call with one connection at the same time. Set `meta.deadline_ms` to bound the wait.
///
/// # Safety
///
/// `request` points to `length` bytes; `out` is NULL or points to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_call(
    connection: *const sfsf_connection,
    request: *const u8,
    length: usize,
    out: *mut sfsf_buffer,
) -> sfsf_status {
    // SAFETY: as the caller promises.
    let call = || unsafe { Library::get().call(connection.addr(), bytes(request, length)?) };
    // SAFETY: as the caller promises.
    unsafe { answer(out, || call().map(|answer| (SFSF_OK, answer))) }
}

/// A new bearer token of the connection's user, for hosts that speak to the tenant themselves besides: `out` holds
/// `{"access_token":"…"}`, or the error. It is a secret: whoever has it is that user until it expires. Waits up to
/// `wait_ms` for the tenant; 0 waits as long as it takes. The log tells that a token was taken, and not which. Since
/// minor version 1.
///
/// # Safety
///
/// `out` is NULL or points to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_access_token(
    connection: *const sfsf_connection,
    wait_ms: u32,
    out: *mut sfsf_buffer,
) -> sfsf_status {
    let wait = (wait_ms > 0).then(|| Duration::from_millis(wait_ms.into()));
    let obtain = || Ok((SFSF_OK, Library::get().access_token(connection.addr(), wait)?));
    // SAFETY: as the caller promises.
    unsafe { answer(out, obtain) }
}

/// Starts a request of any kind. Afterwards `*stream` is a handle, to be freed with `sfsf_stream_free`; or
/// NULL, and `error` says why. The stream outlives its connection, but ends as cancelled when that is closed.
///
/// # Safety
///
/// `request` points to `length` bytes, `stream` to a place for a handle; `error` is NULL or points to a
/// buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_start(
    connection: *const sfsf_connection,
    request: *const u8,
    length: usize,
    stream: *mut *mut sfsf_stream,
    error: *mut sfsf_buffer,
) -> sfsf_status {
    // SAFETY: as the caller promises.
    unsafe { make(stream, error, || Library::get().start(connection.addr(), bytes(request, length)?)) }
}

/// Waits up to `wait_ms` for events and takes up to `max_items` of them: one JSON object a line, each ended
/// by a line feed. `SFSF_OK`: there are some, and there will be more. `SFSF_WAIT`: none yet. `SFSF_END`: the
/// result. Below zero: the error. Result and error come by themselves, after all other events. The library
/// reads a little ahead, and asks the tenant for no more while that is not taken. A stream that nobody asks
/// for 10 minutes is given up.
///
/// # Safety
///
/// `out` is NULL or points to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_next(
    stream: *const sfsf_stream,
    wait_ms: u32,
    max_items: u32,
    out: *mut sfsf_buffer,
) -> sfsf_status {
    let pull = || {
        let stream = Library::get().stream(stream.addr())?;
        let most = usize::try_from(max_items).unwrap_or(usize::MAX);
        Ok(match stream.next(Duration::from_millis(wait_ms.into()), most)? {
            Pulled::Lines(lines) => (SFSF_OK, lines),
            Pulled::Result(result) => (SFSF_END, result),
            Pulled::Nothing => (SFSF_WAIT, Vec::new()),
        })
    };
    // SAFETY: as the caller promises.
    unsafe { answer(out, pull) }
}

/// Cancels the request of a stream, from any thread, as often as you like. What comes next is its error; or its
/// result, if it was through and all else has been taken.
#[unsafe(no_mangle)]
pub extern "C" fn sfsf_cancel(stream: *const sfsf_stream) -> sfsf_status {
    status(|| Library::get().stream(stream.addr()).map(|stream| stream.cancel()))
}

/// Frees a stream. If it has not ended, its request is cancelled, and the tenant is asked for nothing more.
#[unsafe(no_mangle)]
pub extern "C" fn sfsf_stream_free(stream: *const sfsf_stream) -> sfsf_status {
    status(|| Library::get().free_stream(stream.addr()))
}

/// Closes a connection and cancels what runs in it. Streams are still to be freed. With the last connection
/// and stream, the threads of the library end.
#[unsafe(no_mangle)]
pub extern "C" fn sfsf_close(connection: *const sfsf_connection) -> sfsf_status {
    status(|| Library::get().close(connection.addr()))
}

/// Frees what the library put into a buffer, and empties it. Empty buffers and NULL are fine.
///
/// # Safety
///
/// `buffer` is NULL or points to a buffer that the library filled, or to zeroes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_buffer_free(buffer: *mut sfsf_buffer) {
    // SAFETY: NULL, or a buffer, as the caller promises.
    let Some(buffer) = (unsafe { buffer.as_mut() }) else { return };
    if !buffer.data.is_null() {
        // SAFETY: these three came from a vector in `fill`, and are forgotten below.
        drop(unsafe { Vec::from_raw_parts(buffer.data, buffer.length, buffer.capacity) });
    }
    *buffer = sfsf_buffer { data: std::ptr::null_mut(), length: 0, capacity: 0 };
}

/// Sets how much is logged of requests that do not say so in `meta.log`; nothing, unless this is called.
/// A number beyond the last level is the last level, one below the first is the first.
#[unsafe(no_mangle)]
pub extern "C" fn sfsf_log_level(level: i32) {
    let number = usize::try_from(level).unwrap_or(0).min(LogLevel::ALL.len() - 1);
    log::set_level(LogLevel::ALL.get(number).copied().unwrap_or_default());
}

/// Waits up to `wait_ms` for log lines and takes those that are there: one JSON object a line. `SFSF_WAIT`:
/// none yet. The library keeps some thousand lines; when nobody asks, the oldest are lost, and that is said.
///
/// # Safety
///
/// `out` is NULL or points to a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sfsf_log_next(wait_ms: u32, out: *mut sfsf_buffer) -> sfsf_status {
    let next = || {
        let lines = log::next(Duration::from_millis(wait_ms.into()));
        Ok((if lines.is_empty() { SFSF_WAIT } else { SFSF_OK }, lines))
    };
    // SAFETY: as the caller promises.
    unsafe { answer(out, next) }
}

/// The bytes of a request.
///
/// # Safety
///
/// `data` is NULL or points to `length` bytes, which nobody changes before the call returns.
unsafe fn bytes<'a>(data: *const u8, length: usize) -> Result<&'a [u8], Failure> {
    let limit = Limits::default().request_bytes;
    if length > limit {
        let sentence = format!("{length} bytes are too many for a request; {limit} is the limit");
        return Err(Failure::misuse(SFSF_TOO_LARGE, &sentence));
    }
    if data.is_null() {
        return Err(Failure::misuse(
            SFSF_NULL_POINTER,
            "the pointer to the request or configuration is NULL",
        ));
    }
    // SAFETY: not NULL, and the rest is as the caller promises.
    Ok(unsafe { slice::from_raw_parts(data, length) })
}

/// Runs what answers with bytes, and puts them or the reason of a failure into the buffer.
///
/// # Safety
///
/// `out` is NULL or points to a buffer.
unsafe fn answer(
    out: *mut sfsf_buffer,
    work: impl FnOnce() -> Result<(sfsf_status, Vec<u8>), Failure>,
) -> sfsf_status {
    if out.is_null() {
        return SFSF_NULL_POINTER;
    }
    let (status, bytes) = guarded(work).unwrap_or_else(|failure| (failure.status, failure.json));
    // SAFETY: not NULL, and the rest is as the caller promises.
    unsafe { fill(out, bytes) };
    status
}

/// Runs what makes a handle, and puts it into its place, or the reason of a failure into the buffer.
///
/// # Safety
///
/// `place` is NULL or points to a place for a handle, `error` is NULL or points to a buffer.
unsafe fn make<T>(
    place: *mut *mut T,
    error: *mut sfsf_buffer,
    work: impl FnOnce() -> Result<usize, Failure>,
) -> sfsf_status {
    let made = if place.is_null() {
        Err(Failure::misuse(SFSF_NULL_POINTER, "the pointer to the place for the handle is NULL"))
    } else {
        guarded(work)
    };
    let (handle, status, reason) = match made {
        Ok(handle) => (handle, SFSF_OK, Vec::new()),
        Err(failure) => (0, failure.status, failure.json),
    };
    if !place.is_null() {
        // SAFETY: not NULL, and the rest is as the caller promises.
        unsafe { place.write(std::ptr::without_provenance_mut(handle)) };
    }
    if !error.is_null() {
        // SAFETY: not NULL, and the rest is as the caller promises.
        unsafe { fill(error, reason) };
    }
    status
}

/// Runs what answers with a status alone.
fn status(work: impl FnOnce() -> Result<(), Failure>) -> sfsf_status {
    guarded(work).map_or_else(|failure| failure.status, |()| SFSF_OK)
}

/// Runs work; a panic becomes a failure.
fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let error = Error::new(ErrorKind::Internal, "the library failed unexpectedly")
            .with_advice("please report this with what was asked for");
        Err(Failure::of(SFSF_INTERNAL, &error))
    })
}

/// Hands bytes over to the caller, who frees them with `sfsf_buffer_free`.
///
/// # Safety
///
/// `out` points to a place for a buffer. What stood there is overwritten.
unsafe fn fill(out: *mut sfsf_buffer, bytes: Vec<u8>) {
    let buffer = if bytes.is_empty() {
        sfsf_buffer { data: std::ptr::null_mut(), length: 0, capacity: 0 }
    } else {
        let mut bytes = std::mem::ManuallyDrop::new(bytes);
        sfsf_buffer { data: bytes.as_mut_ptr(), length: bytes.len(), capacity: bytes.capacity() }
    };
    // SAFETY: as the caller promises.
    unsafe { out.write(buffer) };
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a panic is what is tried")]

    use super::*;

    #[test]
    fn a_panic_at_the_border_is_a_status_with_a_sentence() {
        let mut buffer = sfsf_buffer { data: std::ptr::null_mut(), length: 0, capacity: 0 };
        // SAFETY: the buffer is one.
        let status = unsafe { answer(&raw mut buffer, || panic!("an injected panic")) };
        assert_eq!(status, SFSF_INTERNAL);
        // SAFETY: the library filled the buffer with so many bytes.
        let text = unsafe { slice::from_raw_parts(buffer.data, buffer.length) };
        assert!(String::from_utf8_lossy(text).contains("\"internal\""));
        // SAFETY: the library filled the buffer.
        unsafe { sfsf_buffer_free(&raw mut buffer) };
        assert!(buffer.data.is_null());
    }
}
