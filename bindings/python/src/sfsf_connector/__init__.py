"""The SAP SuccessFactors connector for identity products, over its C library.

    with sfsf_connector.Connection(configuration) as connection:
        for person in connection.search("User", "status eq 't'"):
            print(person.uid, person.first("email"))

Everything that can be asked for is a method of :class:`Connection`; every failure is a :class:`ConnectorError`,
of the subclass that its kind names.
"""

from . import errors
from ._connection import Connection
from ._library import Library, load
from ._log import LogLevel, log_lines, set_log_level
from ._stream import Stream
from .errors import ConnectorError
from .results import (
    AttributeInfo,
    Check,
    ConnectorObject,
    Cost,
    Evidence,
    Lookup,
    ObjectClassInfo,
    Part,
    Progress,
    SaveOutcome,
    Schema,
    Summary,
    TestReport,
)
from .values import Reference, Secret

__version__ = "0.1.0"

__all__ = [
    "AttributeInfo",
    "Check",
    "Connection",
    "ConnectorError",
    "ConnectorObject",
    "Cost",
    "Evidence",
    "Library",
    "LogLevel",
    "Lookup",
    "ObjectClassInfo",
    "Part",
    "Progress",
    "Reference",
    "SaveOutcome",
    "Schema",
    "Secret",
    "Stream",
    "Summary",
    "TestReport",
    "errors",
    "load",
    "log_lines",
    "set_log_level",
]
