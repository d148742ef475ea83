"""The SAP SuccessFactors connector for identity products, over its C library.

    with sfsf_connector.Connection(configuration) as connection:
        for person in connection.search("User", "status eq 't'"):
            print(person.uid, person.first("email"))

Everything that can be asked for is a method of :class:`Connection`; every failure is a :class:`ConnectorError`,
of the subclass that its kind names.
"""

from . import _generated_results, _generated_words, errors
from ._connection import Connection
from ._generated_results import *  # noqa: F403
from ._generated_words import *  # noqa: F403
from ._library import Library, load
from ._log import log_lines, set_log_level
from ._object import ConnectorObject
from ._problem import Problem
from ._stream import Stream
from .errors import ConnectorError
from .values import Reference, Secret

__version__ = "0.1.0"

__all__ = [
    "Connection",
    "ConnectorError",
    "ConnectorObject",
    "Library",
    "Problem",
    "Reference",
    "Secret",
    "Stream",
    "errors",
    "load",
    "log_lines",
    "set_log_level",
]
__all__ += _generated_results.__all__
__all__ += _generated_words.__all__
