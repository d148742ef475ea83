"""What a connection is opened with: keys, the name of a file, or a text."""

from __future__ import annotations

import codecs
import os
import re
from typing import Any, Mapping

from . import _json
from .errors import ConfigurationError
from .values import Secret, to_wire

#: The library takes no more, and a file may have no end.
_LONGEST = (16 << 20) + 1
#: The longest names of a file and of a key that are shown: what is longer may be a secret.
_LONGEST_NAME, _LONGEST_KEY = 255, 60
_BYTE_ORDER_MARK = "\ufeff"
#: What ends with an extension, and has nothing in it of which configurations are made.
_NAME_OF_FILE = re.compile(r"[^{}=<>\"]+\.[A-Za-z0-9]{1,6}")


def configuration_text(configuration: Any) -> bytes:
    """The configuration in JSON, for the library to read.

    No error repeats any part of it but the name of a key or of a file: it may hold a key.
    """
    if isinstance(configuration, Mapping):
        return _json.write({_key(key): _value(key, _named(value)) for key, value in configuration.items()})
    if isinstance(configuration, (bytes, bytearray)):
        return _once(bytes(configuration))
    if isinstance(configuration, str) and configuration.lstrip(_BYTE_ORDER_MARK + " \t\r\n").startswith("{"):
        return _once(_encoded(configuration))
    if isinstance(configuration, (str, os.PathLike)):
        return _content(os.fspath(configuration))
    raise ConfigurationError(
        f"a configuration is a mapping, the name of a JSON file or a text in JSON, and no {type(configuration).__name__}"
    )


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        pass
    raise ConfigurationError("the text of the configuration has half a character in it")


def _content(name: Any) -> bytes:
    try:
        with open(name, "rb") as file:
            return _beside(os.path.dirname(os.fsdecode(name)), file.read(_LONGEST))
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except ValueError:
        reason = "this is no name"
    raise ConfigurationError(f"the configuration file {_shown_file(name)}cannot be read: {reason}")


def _once(text: bytes) -> bytes:
    """A text as it is. Of a key that stands there twice, none is taken."""
    _read(text)
    return text


def _read(text: bytes) -> Any:
    """What a text has; nothing, if it is no JSON, which the library says."""
    try:
        return _json.read(text[3:] if text.startswith(codecs.BOM_UTF8) else text, once=True)
    except _json.NotJson:
        return None
    except _json.Repeated:
        pass
    raise ConfigurationError("the configuration names a key twice")


def _beside(folder: str, text: bytes) -> bytes:
    """Names of files in a file are relative to where it is."""
    keys = _read(text)
    if not isinstance(keys, dict) or not any(_is_file(key, value) for key, value in keys.items()):
        return text
    try:
        return _json.write({key: os.path.join(folder, value) if _is_file(key, value) else value for key, value in keys.items()})
    except ValueError:
        return text


def _is_file(key: str, value: Any) -> bool:
    """A certificate may be a text as well, which is longer than any name."""
    names_file = key.lower().endswith("_file") or key.lower() == "certificate"
    return names_file and isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and "\n" not in value


def _shown_file(name: Any) -> str:
    """The name of what is there, or what is like the name of a file. Anything else may be a secret."""
    text = os.fsdecode(name)
    return _shown(text, _LONGEST_NAME) if os.path.exists(text) or _NAME_OF_FILE.fullmatch(text) else ""


def _shown(name: str, longest: int) -> str:
    """A name for people; nothing if it may be something else than a name."""
    is_name = 0 < len(name) <= longest and name.isprintable() and not any(c in '{}"' for c in name)
    return f"{name} " if is_name else ""


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise ConfigurationError(f"a key of the configuration is a text, and no {type(key).__name__}")
    return key


def _named(value: Any) -> Any:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _value(key: str, value: Any) -> Any:
    """As JSON has it: a key is a secret by its name, and its value a plain text."""
    try:
        to_wire(value)
        return _plain(value)
    except ValueError as error:
        reason = str(error)
    raise ConfigurationError(f"the configuration's {_shown(key, _LONGEST_KEY)}cannot be used: {reason}")


def _plain(value: Any) -> Any:
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise ValueError(f"a {type(value).__name__} is no value of a key")
