# Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
"""What comes back. Fields that a newer library may add are left out here, and are no error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Dict, List, Mapping, Optional

from ._fields import duration, each, members, optional
from ._generated_words import (
    CheckOutcome,
    DeleteMeaning,
    Effect,
    FullReason,
    GoneCause,
    GoneReason,
    ImportMode,
    Operation,
    Presence,
    SaveAction,
    StreamStatus,
    ValueStatus,
    ValueType,
)
from ._object import ConnectorObject
from .values import from_wire


@dataclass(frozen=True)
class TargetAnswer:
    """What the target itself said, kept apart from our own words."""

    #: The status of the answer, such as an HTTP status.
    status: Optional[int] = None
    #: The target's own error code.
    code: Optional[str] = None
    #: The target's own text, shortened if it is long.
    text: Optional[str] = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> TargetAnswer:
        """From what the protocol has."""
        return cls(
            status=json.get("status"),
            code=json.get("code"),
            text=json.get("text"),
        )


@dataclass(frozen=True)
class Progress:
    """How far a stream is."""

    #: Records read so far.
    fetched: int
    #: Records in all, where the target said so.
    total: Optional[int] = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Progress:
        """From what the protocol has."""
        return cls(
            fetched=json["fetched"],
            total=json.get("total"),
        )


@dataclass(frozen=True)
class TestReport:
    """What a successful test found out. A test that fails is an error, with advice."""

    #: The steps, in the order in which they were taken.
    checks: List[Check] = field(default_factory=list)

    __test__ = False  # It is no test case, whatever its name says.

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> TestReport:
        """From what the protocol has."""
        return cls(
            checks=each(Check.of, json.get("checks")),
        )


@dataclass(frozen=True)
class Check:
    """One step of a test."""

    #: What was tried, for example ``token``.
    name: str
    #: How it went.
    outcome: CheckOutcome
    #: ``outcome`` as it came, also where CheckOutcome does not know the word.
    outcome_text: str
    #: What was seen.
    detail: str

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Check:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            outcome=CheckOutcome.of(json["outcome"]),
            outcome_text=json["outcome"],
            detail=json["detail"],
        )


@dataclass(frozen=True)
class Schema:
    """The object classes of one target, as that very target has them."""

    #: The classes.
    object_classes: List[ObjectClassInfo] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Schema:
        """From what the protocol has."""
        return cls(
            object_classes=each(ObjectClassInfo.of, json.get("object_classes")),
        )


@dataclass(frozen=True)
class ObjectClassInfo:
    """One object class."""

    #: Its name, as the target calls it.
    name: str
    #: Other names that are understood, such as ``__ACCOUNT__``.
    aliases: List[str] = field(default_factory=list)
    #: Its attributes.
    attributes: List[AttributeInfo] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ObjectClassInfo:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            aliases=list(json.get("aliases", ())),
            attributes=each(AttributeInfo.of, json.get("attributes")),
        )


@dataclass(frozen=True)
class AttributeInfo:
    """One attribute of an object class. Flags that are false are left out of the JSON."""

    #: Its name.
    name: str
    #: The type of its values.
    value_type: ValueType
    #: ``value_type`` as it came, also where ValueType does not know the word.
    value_type_text: str
    #: The target's name for it, where that differs.
    native_name: Optional[str] = None
    #: What people call it.
    label: Optional[str] = None
    #: The parts of its values, where they are complex: what each is called and may hold.
    attributes: List[AttributeInfo] = field(default_factory=list)
    #: The list that its values are codes of: what ``lookup`` takes as ``name``.
    value_list: Optional[str] = None
    #: The class that a reference points to.
    referenced_object_class: Optional[str] = None
    #: The longest text that the target takes, in characters.
    max_length: Optional[int] = None
    #: A create without it fails.
    required: bool = False
    #: It may have more than one value.
    multivalued: bool = False
    #: It may be given when an object is created.
    creatable: bool = False
    #: It may be changed later.
    updatable: bool = False
    #: It can be read.
    readable: bool = False
    #: It comes with an object without being asked for.
    returned_by_default: bool = False
    #: The target itself can filter by it. What it cannot filter by is evaluated here, after reading.
    filterable: bool = False
    #: The target can sort by it.
    sortable: bool = False
    #: It is personal to a degree that calls for care, or secret.
    sensitive: bool = False

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> AttributeInfo:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            value_type=ValueType.of(json["value_type"]),
            value_type_text=json["value_type"],
            native_name=json.get("native_name"),
            label=json.get("label"),
            attributes=each(AttributeInfo.of, json.get("attributes")),
            value_list=json.get("value_list"),
            referenced_object_class=json.get("referenced_object_class"),
            max_length=json.get("max_length"),
            required=json.get("required", False),
            multivalued=json.get("multivalued", False),
            creatable=json.get("creatable", False),
            updatable=json.get("updatable", False),
            readable=json.get("readable", False),
            returned_by_default=json.get("returned_by_default", False),
            filterable=json.get("filterable", False),
            sortable=json.get("sortable", False),
            sensitive=json.get("sensitive", False),
        )


@dataclass(frozen=True)
class GetOutcome:
    """What became of looking for an object. That it is not there is an answer, not an error."""

    #: Whether it is there.
    presence: Presence
    #: ``presence`` as it came, also where Presence does not know the word.
    presence_text: str
    #: The object, if it is there.
    object: Optional[ConnectorObject] = None
    #: Whom it may mean, if it is ``Ambiguous``; the first of them if they are many.
    candidates: List[str] = field(default_factory=list)
    #: How we know.
    evidence: List[Evidence] = field(default_factory=list)
    #: Attributes that were asked for and did not come. They are left out of the object: whether they have a value is
    #: not known.
    withheld: List[str] = field(default_factory=list)
    #: What the caller should know besides.
    notices: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> GetOutcome:
        """From what the protocol has."""
        return cls(
            presence=Presence.of(json["presence"]),
            presence_text=json["presence"],
            object=optional(ConnectorObject.of, json.get("object")),
            candidates=list(json.get("candidates", ())),
            evidence=each(Evidence.of, json.get("evidence")),
            withheld=list(json.get("withheld", ())),
            notices=list(json.get("notices", ())),
        )


@dataclass(frozen=True)
class Evidence:
    """A question that was put to the target, and what it said."""

    #: The question, as the target understands it.
    query: str
    #: What it answered, in short.
    answer: str

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Evidence:
        """From what the protocol has."""
        return cls(
            query=json["query"],
            answer=json["answer"],
        )


@dataclass(frozen=True)
class Summary:
    """How a stream ended."""

    #: Whether that was everything.
    status: StreamStatus
    #: ``status`` as it came, also where StreamStatus does not know the word.
    status_text: str
    #: Objects delivered.
    count: int
    #: Problems told on the way: records that could not be read, or not all of them.
    problems: int
    #: Where the next page begins; absent on the last one, and without paging.
    cookie: Optional[str] = None
    #: Objects after this page, where that is known.
    remaining: Optional[int] = None
    #: A part of the filter was evaluated here and not by the target.
    residual: bool = False
    #: What it cost; absent where nobody counted.
    cost: Optional[Cost] = None
    #: Where the next import begins, so that only what has changed comes; absent where the target cannot tell.
    sync_token: Optional[str] = None
    #: Attributes that were asked for and that records came without, with the number of those records: ``{"email":
    #: 12}``. They are left out of those objects: whether they have a value is not known.
    withheld: Dict[str, int] = field(default_factory=dict)
    #: What the caller should know besides.
    notices: List[str] = field(default_factory=list)
    #: What an import did; absent of searches.
    import_figures: Optional[ImportFigures] = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Summary:
        """From what the protocol has."""
        return cls(
            status=StreamStatus.of(json["status"]),
            status_text=json["status"],
            count=json["count"],
            problems=json["problems"],
            cookie=json.get("cookie"),
            remaining=json.get("remaining"),
            residual=json.get("residual", False),
            cost=optional(Cost.of, json.get("cost")),
            sync_token=json.get("sync_token"),
            withheld=dict(json.get("withheld", {})),
            notices=list(json.get("notices", ())),
            import_figures=optional(ImportFigures.of, json.get("import")),
        )


@dataclass(frozen=True)
class Cost:
    """What an operation cost the target."""

    #: Requests sent, repeats included.
    requests: int
    #: Repeats among them.
    retries: int
    #: Bytes of answers, after decompression.
    bytes: int

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Cost:
        """From what the protocol has."""
        return cls(
            requests=json["requests"],
            retries=json["retries"],
            bytes=json["bytes"],
        )


@dataclass(frozen=True)
class ImportFigures:
    """What an import did. Of a run that went on from a checkpoint, it is what was done since."""

    #: Everything, or what has changed.
    mode: ImportMode
    #: ``mode`` as it came, also where ImportMode does not know the word.
    mode_text: str
    #: Records read.
    seen: int
    #: Accounts among the objects delivered that may not log in.
    inactive: int
    #: Objects of which it was said that they are gone.
    gone: int
    #: Why the run brought everything although it was given the token of an earlier one; absent if it was not so.
    full_because: Optional[FullBecause] = None
    #: The run went on from a checkpoint.
    resumed: bool = False
    #: Objects delivered that the caller had not; absent where nobody knows what the caller has.
    created: Optional[int] = None
    #: Objects delivered that the caller had; absent where nobody knows.
    updated: Optional[int] = None
    #: Records that were read and not delivered, by reason.
    skipped: Dict[str, int] = field(default_factory=dict)
    #: Attributes that were wanted and that the target does not have, or has no longer: the run went on without them.
    missing_attributes: List[str] = field(default_factory=list)
    #: Milliseconds that went into each phase.
    milliseconds: Dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ImportFigures:
        """From what the protocol has."""
        return cls(
            mode=ImportMode.of(json["mode"]),
            mode_text=json["mode"],
            seen=json["seen"],
            inactive=json["inactive"],
            gone=json["gone"],
            full_because=optional(FullBecause.of, json.get("full_because")),
            resumed=json.get("resumed", False),
            created=json.get("created"),
            updated=json.get("updated"),
            skipped=dict(json.get("skipped", {})),
            missing_attributes=list(json.get("missing_attributes", ())),
            milliseconds=dict(json.get("milliseconds", {})),
        )


@dataclass(frozen=True)
class FullBecause:
    """Why an import brought everything instead of what has changed."""

    #: The reason, to decide by.
    reason: FullReason
    #: ``reason`` as it came, also where FullReason does not know the word.
    reason_text: str
    #: The same in a sentence, with what it is about.
    detail: str

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> FullBecause:
        """From what the protocol has."""
        return cls(
            reason=FullReason.of(json["reason"]),
            reason_text=json["reason"],
            detail=json["detail"],
        )


@dataclass(frozen=True)
class SaveOutcome:
    """What a write did."""

    #: The uid of the object.
    uid: str
    #: What was done.
    action: SaveAction
    #: ``action`` as it came, also where SaveAction does not know the word.
    action_text: str
    #: Whether the object was there before, and in which state.
    presence_before: Presence
    #: ``presence_before`` as it came, also where Presence does not know the word.
    presence_before_text: str
    #: Its state now.
    presence: Presence
    #: ``presence`` as it came, also where Presence does not know the word.
    presence_text: str
    #: The attributes that were written.
    changed: List[str] = field(default_factory=list)
    #: The attributes that were as asked for already.
    unchanged: List[str] = field(default_factory=list)
    #: One result for each entity that was written at the target.
    parts: List[PartResult] = field(default_factory=list)
    #: What the caller should know besides.
    notices: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> SaveOutcome:
        """From what the protocol has."""
        return cls(
            uid=json["uid"],
            action=SaveAction.of(json["action"]),
            action_text=json["action"],
            presence_before=Presence.of(json["presence_before"]),
            presence_before_text=json["presence_before"],
            presence=Presence.of(json["presence"]),
            presence_text=json["presence"],
            changed=list(json.get("changed", ())),
            unchanged=list(json.get("unchanged", ())),
            parts=each(PartResult.of, json.get("parts")),
            notices=list(json.get("notices", ())),
        )


@dataclass(frozen=True)
class PartResult:
    """What became of one record of a write, and what the target said about it."""

    #: The entity at the target.
    entity: str
    #: What became of the record: one that was not sent is ``not_applied``.
    effect: Effect
    #: ``effect`` as it came, also where Effect does not know the word.
    effect_text: str
    #: The target's word for the outcome.
    status: str
    #: The record's key, by the target's names of its parts.
    key: Dict[str, str] = field(default_factory=dict)
    #: The attributes that are in the record.
    attributes: List[str] = field(default_factory=list)
    #: The target's code for the outcome.
    code: Optional[int] = None
    #: The target's text, if it said anything.
    message: Optional[str] = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> PartResult:
        """From what the protocol has."""
        return cls(
            entity=json["entity"],
            effect=Effect.of(json["effect"]),
            effect_text=json["effect"],
            status=json["status"],
            key=dict(json.get("key", {})),
            attributes=list(json.get("attributes", ())),
            code=json.get("code"),
            message=json.get("message"),
        )


@dataclass(frozen=True)
class ValueList:
    """A list of values."""

    #: Its name.
    name: str
    #: How long ago the target was asked, in milliseconds.
    age: timedelta
    #: Its values. Each code comes once, unless the target itself gives it to several values: then their ids and keys
    #: tell them apart.
    values: List[ListValue] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ValueList:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            age=duration(json["age_ms"]),
            values=each(ListValue.of, json.get("values")),
        )


@dataclass(frozen=True)
class ListValue:
    """One value of a list."""

    #: What is written into an attribute.
    code: str
    #: What people read, in the target's own language; the code if it has no label.
    label: str
    #: Whether it may be chosen still.
    status: ValueStatus
    #: ``status`` as it came, also where ValueStatus does not know the word.
    status_text: str
    #: The code with the instance of the target before it, so that the lists of several instances do not meet:
    #: ``101~VP-MKT``. If several values of the list have this code, their ids are in the place of it.
    key: str
    #: The label with the name of the instance before it.
    decode: str
    #: The label in each language that it has, by locale, such as ``de_DE``.
    labels: Dict[str, str] = field(default_factory=dict)
    #: The target's own id of the value, where that is not its code.
    id: Optional[str] = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ListValue:
        """From what the protocol has."""
        return cls(
            code=json["code"],
            label=json["label"],
            status=ValueStatus.of(json["status"]),
            status_text=json["status"],
            key=json["key"],
            decode=json["decode"],
            labels=dict(json.get("labels", {})),
            id=json.get("id"),
        )


@dataclass(frozen=True)
class FilterExplanation:
    """What a search with a filter does. Nothing was searched for."""

    #: The filter, as text.
    filter: str
    #: The first question that would be put to the target; none if nothing can satisfy the filter.
    query: Optional[str] = None
    #: The conditions that the target evaluates, in its own words. What it lets through is checked here.
    at_target: List[str] = field(default_factory=list)
    #: The conditions that are evaluated here alone, after reading.
    here: List[Residual] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> FilterExplanation:
        """From what the protocol has."""
        return cls(
            filter=json["filter"],
            query=json.get("query"),
            at_target=list(json.get("at_target", ())),
            here=each(Residual.of, json.get("here")),
        )


@dataclass(frozen=True)
class Residual:
    """A condition that the target does not evaluate."""

    #: The condition, as text.
    filter: str
    #: Why the target does not evaluate it.
    reason: str

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Residual:
        """From what the protocol has."""
        return cls(
            filter=json["filter"],
            reason=json["reason"],
        )


@dataclass(frozen=True)
class ObjectExplanation:
    """How presence and state of an object come about."""

    #: Its uid.
    uid: str
    #: Whether it is there.
    presence: Presence
    #: ``presence`` as it came, also where Presence does not know the word.
    presence_text: str
    #: Whether the account is enabled, if there is one.
    enabled: Optional[bool] = None
    #: What was asked, and what the target said.
    evidence: List[Evidence] = field(default_factory=list)
    #: What follows from that, and why, in sentences.
    reasons: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ObjectExplanation:
        """From what the protocol has."""
        return cls(
            uid=json["uid"],
            presence=Presence.of(json["presence"]),
            presence_text=json["presence"],
            enabled=json.get("enabled"),
            evidence=each(Evidence.of, json.get("evidence")),
            reasons=list(json.get("reasons", ())),
        )


@dataclass(frozen=True)
class SaveExplanation:
    """What a save would do. Nothing was written. It fails as the save would fail before anything is sent: what is not
    there, what may not be written, what was expected and is not so. It cannot tell what the target would refuse.
    """

    #: Whether the object is there now.
    presence: Presence
    #: ``presence`` as it came, also where Presence does not know the word.
    presence_text: str
    #: What would be done.
    action: SaveAction
    #: ``action`` as it came, also where SaveAction does not know the word.
    action_text: str
    #: The uid of the object; absent of a new one whose uid the target makes up.
    uid: Optional[str] = None
    #: The attributes that would be written.
    changed: List[str] = field(default_factory=list)
    #: The attributes that are as asked for already.
    unchanged: List[str] = field(default_factory=list)
    #: What would be sent, in that order.
    records: List[PlannedRecord] = field(default_factory=list)
    #: What the caller should know besides.
    notices: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> SaveExplanation:
        """From what the protocol has."""
        return cls(
            presence=Presence.of(json["presence"]),
            presence_text=json["presence"],
            action=SaveAction.of(json["action"]),
            action_text=json["action"],
            uid=json.get("uid"),
            changed=list(json.get("changed", ())),
            unchanged=list(json.get("unchanged", ())),
            records=each(PlannedRecord.of, json.get("records")),
            notices=list(json.get("notices", ())),
        )


@dataclass(frozen=True)
class PlannedRecord:
    """A record that a save would send."""

    #: The entity at the target.
    entity: str
    #: How it would be sent, for example ``POST``.
    method: str
    #: Where to, for example ``/path?query``.
    path: str
    #: What would be sent, to the byte, but for secrets: ``redacted`` stands in their place.
    body: str
    #: The record's key, by the target's names of its parts.
    key: Dict[str, str] = field(default_factory=dict)
    #: The first day on which it holds, where the entity has days.
    effective_date: Optional[date] = None
    #: The target's names of the properties whose values are redacted in the body.
    redacted: List[str] = field(default_factory=list)
    #: The attributes that are in it.
    attributes: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> PlannedRecord:
        """From what the protocol has."""
        return cls(
            entity=json["entity"],
            method=json["method"],
            path=json["path"],
            body=json["body"],
            key=dict(json.get("key", {})),
            effective_date=optional(date.fromisoformat, json.get("effective_date")),
            redacted=list(json.get("redacted", ())),
            attributes=list(json.get("attributes", ())),
        )


@dataclass(frozen=True)
class Welcome:
    """The answer to ``hello``: who is there, and what can be done."""

    #: The protocol.
    protocol: str
    #: Its minor version.
    protocol_minor: int
    #: Who answers.
    server: Server
    #: How much is taken.
    limits: Limits
    #: What the connector can do.
    manifest: Manifest

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Welcome:
        """From what the protocol has."""
        return cls(
            protocol=json["protocol"],
            protocol_minor=json["protocol_minor"],
            server=Server.of(json["server"]),
            limits=Limits.of(json["limits"]),
            manifest=Manifest.of(json["manifest"]),
        )


@dataclass(frozen=True)
class Server:
    """The program or library that answers."""

    #: Its name.
    name: str
    #: Its version.
    version: str

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Server:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            version=json["version"],
        )


@dataclass(frozen=True)
class Limits:
    """How much a carrier takes. What is beyond is refused with a sentence."""

    #: Bytes of one request.
    request_bytes: int
    #: Requests under way at the same time.
    requests: int
    #: Items and problems of a stream that may come before the caller asks for more.
    credit: int
    #: A request that has nothing to say for so long says that it is alive.
    keep_alive: timedelta

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Limits:
        """From what the protocol has."""
        return cls(
            request_bytes=json["request_bytes"],
            requests=json["requests"],
            credit=json["credit"],
            keep_alive=duration(json["keep_alive_ms"]),
        )


@dataclass(frozen=True)
class Manifest:
    """What a connector can do. It is generated from the code and the same over every carrier."""

    #: The connector's name, for example ``sfsf``.
    name: str
    #: What people call it.
    display_name: str
    #: Its version.
    version: str
    #: The version of the wire protocol that it speaks.
    protocol: str
    #: The minor version of that protocol.
    protocol_minor: int
    #: Its object classes.
    object_classes: List[ObjectClassManifest] = field(default_factory=list)
    #: Its lists of values.
    lookups: List[LookupManifest] = field(default_factory=list)
    #: The keys of its configuration.
    configuration: List[ConfigurationProperty] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Manifest:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            display_name=json["display_name"],
            version=json["version"],
            protocol=json["protocol"],
            protocol_minor=json["protocol_minor"],
            object_classes=each(ObjectClassManifest.of, json.get("object_classes")),
            lookups=each(LookupManifest.of, json.get("lookups")),
            configuration=each(ConfigurationProperty.of, json.get("configuration")),
        )


@dataclass(frozen=True)
class ObjectClassManifest:
    """What can be done with the objects of a class."""

    #: Its name.
    name: str
    #: What a delete does.
    delete: DeleteMeaning
    #: ``delete`` as it came, also where DeleteMeaning does not know the word.
    delete_text: str
    #: How much of a search the connector understands.
    search: SearchManifest
    #: How much of an import the connector understands.
    import_manifest: ImportManifest
    #: How much of a save the connector understands.
    save: SaveManifest
    #: Other names for it.
    aliases: List[str] = field(default_factory=list)
    #: What can be done.
    operations: List[Operation] = field(default_factory=list)
    #: ``operations`` as it came, also where Operation does not know the word.
    operations_text: List[str] = field(default_factory=list)
    #: The attribute that a new object takes its uid from; the target makes one up if absent.
    uid_attribute: Optional[str] = None
    #: The attribute that ``__NAME__`` stands for.
    name_attribute: Optional[str] = None
    #: Whether the objects have days: they are read as of a day (``as_of``), and change from a day on
    #: (``effective_date``). Of others, both are refused.
    dated: bool = False
    #: What to know before using it.
    notes: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ObjectClassManifest:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            delete=DeleteMeaning.of(json["delete"]),
            delete_text=json["delete"],
            search=SearchManifest.of(json["search"]),
            import_manifest=ImportManifest.of(json["import"]),
            save=SaveManifest.of(json["save"]),
            aliases=list(json.get("aliases", ())),
            operations=each(Operation.of, json.get("operations")),
            operations_text=list(json.get("operations", ())),
            uid_attribute=json.get("uid_attribute"),
            name_attribute=json.get("name_attribute"),
            dated=json.get("dated", False),
            notes=list(json.get("notes", ())),
        )


@dataclass(frozen=True)
class SearchManifest:
    """Which options of a search have an effect."""

    #: ``sort_keys``
    sort_keys: bool = False
    #: ``page`` with an offset
    page_by_offset: bool = False
    #: ``page`` with a cookie
    page_by_cookie: bool = False

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> SearchManifest:
        """From what the protocol has."""
        return cls(
            sort_keys=json.get("sort_keys", False),
            page_by_offset=json.get("page_by_offset", False),
            page_by_cookie=json.get("page_by_cookie", False),
        )


@dataclass(frozen=True)
class ImportManifest:
    """What an import can do besides bringing everything."""

    #: It brings what has changed since a ``sync_token``, and knows ``token_only``.
    delta: bool = False
    #: It hands out checkpoints: after one of them as ``sync_token``, the run goes on that it is of.
    resume: bool = False
    #: It looks for ``missing`` objects, and says who is gone.
    missing: bool = False

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ImportManifest:
        """From what the protocol has."""
        return cls(
            delta=json.get("delta", False),
            resume=json.get("resume", False),
            missing=json.get("missing", False),
        )


@dataclass(frozen=True)
class SaveManifest:
    """What a save can do besides writing."""

    #: It makes objects that are not there. Without it, only those that are there can be changed.
    create: bool = False
    #: It compares what is there with what is ``expected``, and writes nothing if that differs.
    expected: bool = False
    #: ``explain`` of a save says what would be sent.
    dry_run: bool = False

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> SaveManifest:
        """From what the protocol has."""
        return cls(
            create=json.get("create", False),
            expected=json.get("expected", False),
            dry_run=json.get("dry_run", False),
        )


@dataclass(frozen=True)
class LookupManifest:
    """A list of values, for ``lookup``."""

    #: Its name; one that ends with ``:`` goes on with the name of a list of the target.
    name: str
    #: What is in it.
    help: str

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> LookupManifest:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            help=json["help"],
        )


@dataclass(frozen=True)
class ConfigurationProperty:
    """A key of the configuration."""

    #: The key.
    name: str
    #: What people call it.
    display_name: str
    #: What it means and what it may be.
    help: str
    #: It must be given, whatever else is. What another key can replace is not required: its help says when it is
    #: needed.
    required: bool = False
    #: It must not be shown.
    confidential: bool = False
    #: What holds if it is not given.
    default_value: Optional[str] = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ConfigurationProperty:
        """From what the protocol has."""
        return cls(
            name=json["name"],
            display_name=json["display_name"],
            help=json["help"],
            required=json.get("required", False),
            confidential=json.get("confidential", False),
            default_value=json.get("default"),
        )


@dataclass(frozen=True)
class Gone:
    """An object that the caller has to let go of, if it has it."""

    #: Its class.
    object_class: str
    #: Its uid.
    uid: str
    #: What became of it.
    reason: GoneReason
    #: ``reason`` as it came, also where GoneReason does not know the word.
    reason_text: str
    #: Why, where that is known.
    cause: GoneCause
    #: ``cause`` as it came, also where GoneCause does not know the word.
    cause_text: str
    #: Its uid from now on, if it was renamed.
    new_uid: Optional[str] = None
    #: How we know.
    evidence: List[Evidence] = field(default_factory=list)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Gone:
        """From what the protocol has."""
        return cls(
            object_class=json["object_class"],
            uid=json["uid"],
            reason=GoneReason.of(json["reason"]),
            reason_text=json["reason"],
            cause=GoneCause.of(json["cause"]),
            cause_text=json["cause"],
            new_uid=json.get("new_uid"),
            evidence=each(Evidence.of, json.get("evidence")),
        )


__all__ = [
    "TargetAnswer",
    "Progress",
    "TestReport",
    "Check",
    "Schema",
    "ObjectClassInfo",
    "AttributeInfo",
    "GetOutcome",
    "Evidence",
    "Summary",
    "Cost",
    "ImportFigures",
    "FullBecause",
    "SaveOutcome",
    "PartResult",
    "ValueList",
    "ListValue",
    "FilterExplanation",
    "Residual",
    "ObjectExplanation",
    "SaveExplanation",
    "PlannedRecord",
    "Welcome",
    "Server",
    "Limits",
    "Manifest",
    "ObjectClassManifest",
    "SearchManifest",
    "ImportManifest",
    "SaveManifest",
    "LookupManifest",
    "ConfigurationProperty",
    "Gone",
]
