"""The C library: where it is, and its functions as Python sees them."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from ctypes import POINTER, byref, c_int32, c_size_t, c_uint8, c_uint32, c_void_p
from typing import Any, Callable, Dict, Optional, Tuple, Union

from .errors import ConfigurationError, error_of

#: The version of the ABI that this package was written for.
ABI_MAJOR = 1
ABI_MINOR = 0

OK, WAIT = 0, 2

#: The variable of the environment that names the library.
VARIABLE = "SFSF_CONNECTOR_LIBRARY"


class _Buffer(ctypes.Structure):
    _fields_ = [("data", POINTER(c_uint8)), ("length", c_size_t), ("capacity", c_size_t)]


class Library:
    """The functions of the library, with bytes and numbers in the place of pointers."""

    def __init__(self, path: Union[str, "os.PathLike[str]"]) -> None:
        self.path = os.fspath(path)
        try:
            self._functions = ctypes.CDLL(self.path)
        except OSError as error:
            raise ConfigurationError(f"the connector library cannot be loaded: {error}") from error
        self._declare()
        version = int(self._functions.sfsf_abi_version())
        self.abi = (version >> 16, version & 0xFFFF)
        if self.abi[0] != ABI_MAJOR or self.abi[1] < ABI_MINOR:
            raise ConfigurationError(
                f"{self.path} has version {self.abi[0]}.{self.abi[1]} of the ABI; this package needs "
                f"{ABI_MAJOR}.{ABI_MINOR} or a later {ABI_MAJOR}"
            )

    def _declare(self) -> None:
        buffer = POINTER(_Buffer)
        handle = POINTER(c_void_p)
        arguments: Dict[str, Tuple[Any, ...]] = {
            "sfsf_info": (buffer,),
            "sfsf_open": (c_void_p, c_size_t, handle, buffer),
            "sfsf_start": (c_void_p, c_void_p, c_size_t, handle, buffer),
            "sfsf_next": (c_void_p, c_uint32, c_uint32, buffer),
            "sfsf_cancel": (c_void_p,),
            "sfsf_stream_free": (c_void_p,),
            "sfsf_close": (c_void_p,),
            "sfsf_log_next": (c_uint32, buffer),
        }
        try:
            for name, types in arguments.items():
                function = getattr(self._functions, name)
                function.argtypes, function.restype = types, c_int32
            self._functions.sfsf_abi_version.argtypes = ()
            self._functions.sfsf_abi_version.restype = c_uint32
            self._functions.sfsf_log_level.argtypes = (c_int32,)
            self._functions.sfsf_log_level.restype = None
            self._functions.sfsf_buffer_free.argtypes = (buffer,)
            self._functions.sfsf_buffer_free.restype = None
        except AttributeError as error:
            raise ConfigurationError(f"{self.path} is not the connector library: {error}") from error

    def info(self) -> bytes:
        return self._checked(*self._answer(self._functions.sfsf_info))

    def open(self, configuration: bytes) -> int:
        return self._make(self.close, self._functions.sfsf_open, configuration, len(configuration))

    def start(self, connection: Optional[int], request: bytes) -> int:
        return self._make(self.free, self._functions.sfsf_start, connection, request, len(request))

    def next(self, stream: Optional[int], wait_ms: int, max_items: int) -> Tuple[int, bytes]:
        return self._answer(self._functions.sfsf_next, stream, wait_ms, max_items)

    def cancel(self, stream: Optional[int]) -> int:
        return int(self._functions.sfsf_cancel(stream))

    def free(self, stream: Optional[int]) -> int:
        return int(self._functions.sfsf_stream_free(stream))

    def close(self, connection: Optional[int]) -> int:
        return int(self._functions.sfsf_close(connection))

    def log_level(self, level: int) -> None:
        self._functions.sfsf_log_level(level)

    def log_next(self, wait_ms: int) -> bytes:
        return self._checked(*self._answer(self._functions.sfsf_log_next, wait_ms))

    def _make(self, give_back: Callable[[int], int], function: Any, *arguments: Any) -> int:
        handle, reason = c_void_p(), _Buffer()
        try:
            status = int(function(*arguments, byref(handle), byref(reason)))
            text = self._take(reason)
        except BaseException:
            # Ctrl-C while the library was at it: nobody will know of the handle.
            if handle.value is not None:
                give_back(handle.value)
            raise
        if status != OK or handle.value is None:
            raise error_of(text)
        return handle.value

    def _answer(self, function: Any, *arguments: Any) -> Tuple[int, bytes]:
        out = _Buffer()
        status = int(function(*arguments, byref(out)))
        return status, self._take(out)

    def _checked(self, status: int, text: bytes) -> bytes:
        if status < OK:
            raise error_of(text)
        return text

    def _take(self, buffer: _Buffer) -> bytes:
        try:
            return ctypes.string_at(buffer.data, buffer.length) if buffer.length else b""
        finally:
            self._functions.sfsf_buffer_free(byref(buffer))


_loaded: Dict[str, Library] = {}
_lock = threading.Lock()


def load(path: Union[str, "os.PathLike[str]", None] = None) -> Library:
    """The library at this path; without one, what ``SFSF_CONNECTOR_LIBRARY`` names, or what lies beside the package."""
    wanted = os.fspath(path) if path is not None else os.environ.get(VARIABLE) or _beside()
    with _lock:
        if wanted not in _loaded:
            _loaded[wanted] = Library(wanted)
        return _loaded[wanted]


def _beside() -> str:
    name = {"win32": "sfsf_connector.dll", "darwin": "libsfsf_connector.dylib"}.get(
        sys.platform, "libsfsf_connector.so"
    )
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    if not os.path.exists(path):
        raise ConfigurationError(
            f"the connector library was not found: name it with library=…, in {VARIABLE}, or put {name} "
            "beside the package"
        )
    return path
