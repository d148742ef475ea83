"""An object of the tenant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping

from .values import from_wire


@dataclass(frozen=True)
class ConnectorObject:
    """An object of the tenant."""

    object_class: str
    uid: str
    name: str
    #: The values of each attribute. A list may be empty: the attribute is known and has no value.
    attributes: Dict[str, List[Any]] = field(default_factory=dict)

    def first(self, attribute: str, default: Any = None) -> Any:
        """The first value of an attribute."""
        values = self.attributes.get(attribute)
        return values[0] if values else default

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ConnectorObject:
        """From what the protocol has."""
        attributes = {name: from_wire(values) for name, values in json["attributes"].items()}
        return cls(json["object_class"], json["uid"], json["name"], attributes)
