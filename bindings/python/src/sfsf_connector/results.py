"""What comes back. Fields that a newer library may add are left out here, and are no error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional

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
    def of(cls, json: Mapping[str, Any]) -> "ConnectorObject":
        attributes = {name: from_wire(values) for name, values in json["attributes"].items()}
        return cls(json["object_class"], json["uid"], json["name"], attributes)


@dataclass(frozen=True)
class Check:
    """One thing that ``test`` looked at."""

    name: str
    #: ``ok`` or ``warning``.
    outcome: str
    detail: str


@dataclass(frozen=True)
class TestReport:
    """What ``test`` found."""

    checks: List[Check]

    __test__ = False  # It is no test case, whatever its name says.

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "TestReport":
        return cls([Check(check["name"], check["outcome"], check["detail"]) for check in json["checks"]])


@dataclass(frozen=True)
class AttributeInfo:
    """What an attribute is, and what can be done with it."""

    name: str
    value_type: str
    native_name: Optional[str] = None
    label: Optional[str] = None
    referenced_object_class: Optional[str] = None
    max_length: Optional[int] = None
    required: bool = False
    multivalued: bool = False
    creatable: bool = False
    updatable: bool = False
    readable: bool = False
    returned_by_default: bool = False
    filterable: bool = False
    sortable: bool = False
    sensitive: bool = False

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "AttributeInfo":
        return cls(**{name: value for name, value in json.items() if name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class ObjectClassInfo:
    """An object class of the tenant."""

    name: str
    attributes: List[AttributeInfo]
    aliases: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "ObjectClassInfo":
        attributes = [AttributeInfo.of(attribute) for attribute in json["attributes"]]
        return cls(json["name"], attributes, list(json.get("aliases", ())))


@dataclass(frozen=True)
class Schema:
    """What objects of the tenant look like."""

    object_classes: List[ObjectClassInfo]

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "Schema":
        return cls([ObjectClassInfo.of(info) for info in json["object_classes"]])


@dataclass(frozen=True)
class Evidence:
    """A query, and what the tenant answered."""

    query: str
    answer: str


@dataclass(frozen=True)
class Lookup:
    """Whether somebody is there, who it is, and how we know."""

    #: ``active``, ``inactive``, ``external_active``, ``external_inactive``, ``onboarding_active``,
    #: ``onboarding_inactive``, ``future_only``, ``not_permitted``, ``unknown``, ``ambiguous`` or ``not_found``.
    presence: str
    object: Optional[ConnectorObject]
    evidence: List[Evidence]
    #: The uids of those who are meant, if there are several.
    candidates: List[str] = field(default_factory=list)
    #: Attributes that did not come: they are left out of the object, and not known to be empty.
    withheld: List[str] = field(default_factory=list)
    #: What one should know besides.
    notices: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "Lookup":
        found = json.get("object")
        evidence = [Evidence(one["query"], one["answer"]) for one in json["evidence"]]
        found = None if found is None else ConnectorObject.of(found)
        besides = (list(json.get(name, ())) for name in ("candidates", "withheld", "notices"))
        return cls(json["presence"], found, evidence, *besides)


@dataclass(frozen=True)
class ListValue:
    """One value of a list."""

    #: What is written into an attribute.
    code: str
    #: What people call it.
    label: Optional[str] = None
    labels: Dict[str, str] = field(default_factory=dict)
    status: Optional[str] = None
    key: Optional[str] = None
    decode: Optional[str] = None
    id: Optional[str] = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "ListValue":
        return cls(**{name: value for name, value in json.items() if name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class ValueList:
    """A list of values, such as departments, and how old the answer is, in seconds."""

    name: str
    age: float
    values: List[ListValue]

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "ValueList":
        return cls(json["name"], json["age_ms"] / 1000, [ListValue.of(value) for value in json["values"]])


@dataclass(frozen=True)
class Part:
    """What the tenant said to one part of a change."""

    entity: str
    status: str
    code: Optional[int] = None
    message: Optional[str] = None


@dataclass(frozen=True)
class SaveOutcome:
    """What became of a change."""

    uid: str
    #: ``created``, ``updated``, ``revived``, ``suspended``, ``deleted`` or ``unchanged``.
    action: str
    presence_before: str
    presence: str
    changed: List[str]
    unchanged: List[str]
    parts: List[Part]
    #: Sentences for people.
    notices: List[str]

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "SaveOutcome":
        parts = [Part(part["entity"], part["status"], part.get("code"), part.get("message")) for part in json["parts"]]
        return cls(
            json["uid"],
            json["action"],
            json["presence_before"],
            json["presence"],
            list(json["changed"]),
            list(json["unchanged"]),
            parts,
            list(json.get("notices", ())),
        )


@dataclass(frozen=True)
class Progress:
    """How far a stream is."""

    fetched: int
    total: Optional[int] = None


@dataclass(frozen=True)
class Cost:
    """What a stream asked of the tenant."""

    requests: int = 0
    retries: int = 0
    bytes: int = 0


@dataclass(frozen=True)
class Summary:
    """How a stream ended."""

    #: ``complete`` or ``stopped``.
    status: str
    count: int
    problems: int
    #: Where the next page begins.
    cookie: Optional[str]
    #: How many objects are left after this page, if that is known.
    remaining: Optional[int]
    #: Whether a part of the filter was evaluated here.
    residual: bool
    cost: Cost
    #: What the next import begins with, to bring only what has changed.
    sync_token: Optional[str] = None
    #: What an import did, as the protocol has it.
    figures: Dict[str, Any] = field(default_factory=dict)
    #: Attributes that some objects came without: they are left out of those, and not known to be empty.
    withheld: List[str] = field(default_factory=list)
    #: What one should know besides.
    notices: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> "Summary":
        cost = json.get("cost", {})
        return cls(
            json["status"],
            json["count"],
            json["problems"],
            json.get("cookie"),
            json.get("remaining"),
            json["residual"],
            Cost(cost.get("requests", 0), cost.get("retries", 0), cost.get("bytes", 0)),
            json.get("sync_token"),
            dict(json.get("import", {})),
            list(json.get("withheld", ())),
            list(json.get("notices", ())),
        )
