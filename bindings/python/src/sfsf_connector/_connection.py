"""A connection to one tenant."""

from __future__ import annotations

import itertools
import math
import os
from datetime import timedelta
from types import TracebackType
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple, Type, Union

from . import _json
from ._configuration import configuration_text
from ._library import Library, load
from ._stream import Events, Stream, only_answer
from .errors import ConnectorError, InvalidAttribute, InvalidRequest
from .results import Lookup, Progress, SaveOutcome, Schema, TestReport, ValueList
from .values import Secret, to_wire

#: A filter in its text form, or as JSON: ``"status eq 't'"``, ``{"equal": ["status", "t"]}``.
Filter = Union[str, Mapping[str, Any]]


class Connection:
    """A connection to one tenant. It may be used by several threads at the same time.

    Nothing is sent when it is opened. Close it, or use it as a context manager; what still runs then is cancelled.

    Every operation takes ``deadline`` in seconds, ``correlation_id`` (the id of the call in logs and at the tenant),
    ``idempotency_key``, ``credentials`` (connection data for this call alone) and ``log`` (a level for this call).
    """

    def __init__(
        self,
        configuration: Union[Mapping[str, Any], str, bytes, "os.PathLike[str]"],
        library: Union[Library, str, "os.PathLike[str]", None] = None,
    ) -> None:
        """Opens a connection with a configuration: its keys, the name of a JSON file that holds them, or its text.

        A text that begins with ``{`` is JSON itself. Whatever else is given is refused, and never shown.
        """
        self._handle: Optional[int] = None
        self._library = library if isinstance(library, Library) else load(library)
        self._ids: Iterator[int] = itertools.count(1)
        self._handle = self._library.open(configuration_text(configuration))

    @property
    def library(self) -> Library:
        """The library behind it."""
        return self._library

    def test(self, **meta: Any) -> TestReport:
        """Is the tenant reachable, and are we let in?"""
        return TestReport.of(self._ask("test", {}, meta))

    def schema(self, **meta: Any) -> Schema:
        """What do objects of the tenant look like?"""
        return Schema.of(self._ask("schema", {}, meta))

    def get(
        self,
        object_class: str,
        uid: str,
        attributes_to_get: Optional[Iterable[str]] = None,
        by: Optional[str] = None,
        **meta: Any,
    ) -> Lookup:
        """One object by its uid, or the certainty that there is none. Nobody is no error.

        ``by`` names the attribute to look by, if it is not the uid: ``__NAME__``, or another one that tells objects apart.
        """
        params = {"object_class": object_class, "uid": uid}
        params = _with(params, by=by, attributes_to_get=_names("attributes_to_get", attributes_to_get))
        return Lookup.of(self._ask("get", params, meta))

    def lookup(self, name: str, max_age: Union[float, timedelta, None] = None, **meta: Any) -> ValueList:
        """The values of a list; the manifest names the lists. ``max_age`` is in seconds; 0 asks the tenant anew."""
        params = _with({"name": name}, max_age_ms=_milliseconds("max_age", max_age))
        return ValueList.of(self._ask("lookup", params, meta))

    def explain(
        self, object_class: str, uid: Optional[str] = None, filter: Optional[Filter] = None, **meta: Any
    ) -> Dict[str, Any]:
        """How an answer comes about: what a search with ``filter`` would do, or why ``uid`` is active or not.

        The explanation is for people, and comes as the protocol has it.
        """
        explanation: Dict[str, Any] = self._ask("explain", _with({"object_class": object_class}, uid=uid, filter=filter), meta)
        return explanation

    def search(
        self,
        object_class: str,
        filter: Optional[Filter] = None,
        attributes_to_get: Optional[Iterable[str]] = None,
        sort_keys: Iterable[Union[str, Tuple[str, bool]]] = (),
        page_size: Optional[int] = None,
        cookie: Optional[str] = None,
        offset: Optional[int] = None,
        on_problem: Optional[Callable[[ConnectorError], None]] = None,
        on_progress: Optional[Callable[[Progress], None]] = None,
        **meta: Any,
    ) -> Stream:
        """The objects that satisfy a filter.

        ``page_size`` asks for one page: the first, the one after ``cookie``, or the one at ``offset``, which counts
        from 1; without a size, neither of these makes sense. ``sort_keys`` are names, or pairs of a name and whether the
        order is ascending.
        """
        keys = [_sort_key(key) for key in _listed("sort_keys", sort_keys)]
        params = _with(
            {"object_class": object_class},
            filter=filter,
            attributes_to_get=_names("attributes_to_get", attributes_to_get),
            sort_keys=keys or None,
            page=_page(page_size, cookie, offset),
        )
        return Stream(self._start("search", params, meta), on_problem, on_progress)

    def import_(
        self,
        object_class: str,
        filter: Optional[Filter] = None,
        attributes_to_get: Optional[Iterable[str]] = None,
        sync_token: Optional[str] = None,
        missing: Iterable[str] = (),
        token_only: bool = False,
        on_problem: Optional[Callable[[ConnectorError], None]] = None,
        on_progress: Optional[Callable[[Progress], None]] = None,
        on_checkpoint: Optional[Callable[[str], None]] = None,
        **meta: Any,
    ) -> Stream:
        """All objects of a class, or what has changed since ``sync_token``.

        The token of the next run is in ``summary.sync_token``; ``on_checkpoint`` is given tokens with which a run that
        broke off goes on. ``missing`` are uids that a complete run did not bring; whoever of them is nowhere comes in
        the stream's ``gone``. With ``token_only`` nobody comes: the summary has the token for what changes from now on.
        """
        params = _with(
            {"object_class": object_class},
            filter=filter,
            attributes_to_get=_names("attributes_to_get", attributes_to_get),
            sync_token=sync_token,
            missing=_listed("missing", missing) or None,
            token_only=token_only or None,
        )
        return Stream(self._start("import", params, meta), on_problem, on_progress, on_checkpoint)

    def save(
        self,
        object_class: str,
        uid: Optional[str],
        attributes: Mapping[str, Any],
        mode: str = "create_or_update",
        **meta: Any,
    ) -> SaveOutcome:
        """Creates an object or changes it. An empty list clears an attribute.

        ``mode`` is ``create_or_update``, ``create`` or ``update``.
        """
        carried = _attributes(object_class, uid, attributes)
        params = _with({"object_class": object_class, "mode": mode, "attributes": carried}, uid=uid)
        return SaveOutcome.of(self._ask("save", params, meta))

    def delete(self, object_class: str, uid: str, **meta: Any) -> SaveOutcome:
        """Deletes an object. The manifest says what that means; people are made inactive."""
        return self._change("delete", object_class, uid, meta)

    def suspend(self, object_class: str, uid: str, **meta: Any) -> SaveOutcome:
        """Makes a person inactive."""
        return self._change("suspend", object_class, uid, meta)

    def resume(self, object_class: str, uid: str, **meta: Any) -> SaveOutcome:
        """Makes a person active."""
        return self._change("resume", object_class, uid, meta)

    def reset_password(
        self, object_class: str, uid: str, new_password: Union[Secret, str], **meta: Any
    ) -> SaveOutcome:
        """Sets a password without knowing the old one."""
        params = {"object_class": object_class, "uid": uid, "new_password": _secret("new_password", new_password)}
        return SaveOutcome.of(self._ask("reset_password", params, meta))

    def events(self, request: Union[str, bytes, Mapping[str, Any]]) -> Events:
        """Any request of the protocol as it is; gives its events as lines of JSON, result and error among them."""
        if isinstance(request, str):
            request = _carried("the request", request).encode()
        elif not isinstance(request, bytes):
            request = _json.write(_carried("the request", request))
        return Events(self._library, self._handle, request, owner=self)

    def close(self) -> None:
        """Closes the connection and cancels what runs in it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            self._library.close(handle)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<sfsf_connector.Connection, {'closed' if self._handle is None else 'open'}>"

    def __reduce__(self) -> Any:
        raise TypeError("a connection cannot be copied or written down; open another one")

    def _change(self, method: str, object_class: str, uid: str, meta: Dict[str, Any]) -> SaveOutcome:
        return SaveOutcome.of(self._ask(method, {"object_class": object_class, "uid": uid}, meta))

    def _ask(self, method: str, params: Dict[str, Any], meta: Dict[str, Any]) -> Any:
        return only_answer(self._start(method, params, meta))

    def _start(self, method: str, params: Dict[str, Any], meta: Dict[str, Any]) -> Events:
        accompanying = _meta(**meta)
        if accompanying:
            params = {**params, "meta": accompanying}
        params = {name: _carried(name, value) for name, value in params.items()}
        return self.events({"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params})


def _meta(
    deadline: Union[float, timedelta, None] = None,
    correlation_id: Optional[str] = None,
    idempotency_key: Optional[str] = None,
    credentials: Optional[Mapping[str, Union[Secret, str]]] = None,
    log: Any = None,
) -> Dict[str, Any]:
    secrets = None
    if credentials is not None:
        if not isinstance(credentials, Mapping):
            raise InvalidRequest(f"credentials takes a mapping, and no {type(credentials).__name__}")
        secrets = {key: _secret("credentials", one) for key, one in credentials.items()}
    return _with(
        {},
        deadline_ms=_milliseconds("deadline", deadline),
        correlation_id=correlation_id,
        idempotency_key=idempotency_key,
        credentials=secrets,
        log=None if log is None else getattr(log, "name", str(log)).lower(),
    )


def _with(params: Dict[str, Any], **more: Any) -> Dict[str, Any]:
    """These, and those that are there."""
    params.update((name, value) for name, value in more.items() if value is not None)
    return params


def _names(parameter: str, names: Optional[Iterable[str]]) -> Optional[List[str]]:
    return None if names is None else _listed(parameter, names)


def _listed(parameter: str, values: Any) -> List[Any]:
    """A list. A text would be a list of its letters, which nobody means."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise InvalidRequest(f"{parameter} takes a list, and no {type(values).__name__}")
    return list(values)


def _sort_key(key: Union[str, Tuple[str, bool]]) -> Dict[str, Any]:
    pair = key if isinstance(key, tuple) else (key, True)
    if len(pair) != 2:
        raise InvalidRequest("sort_keys takes names, and pairs of a name and whether the order is ascending")
    return {"attribute": pair[0], "ascending": pair[1]}


def _page(size: Optional[int], cookie: Optional[str], offset: Optional[int]) -> Optional[Dict[str, Any]]:
    if size is not None:
        return _with({"size": size}, cookie=cookie, offset=offset)
    if cookie is not None or offset is not None:
        raise InvalidRequest("cookie and offset need a page_size: without one, everything comes from the beginning")
    return None


def _milliseconds(parameter: str, seconds: Union[float, timedelta, None]) -> Optional[int]:
    """No limit, if it is infinite."""
    if isinstance(seconds, timedelta):
        seconds = seconds.total_seconds()
    if seconds is None or seconds == math.inf:
        return None
    if not isinstance(seconds, (int, float)) or not seconds >= 0:
        raise InvalidRequest(f"{parameter} takes a number of seconds, 0 or more")
    return math.ceil(seconds * 1000)


def _secret(parameter: str, secret: Any) -> Secret:
    if isinstance(secret, (Secret, str)):
        return secret if isinstance(secret, Secret) else Secret(secret)
    raise InvalidRequest(f"{parameter} takes a text or a Secret, and no {type(secret).__name__}")


def _attributes(object_class: str, uid: Optional[str], attributes: Any) -> Dict[str, Any]:
    """The values of attributes as the protocol has them. What cannot be carried is refused with its attribute."""
    if not isinstance(attributes, Mapping):
        raise InvalidRequest(f"attributes takes a mapping, and no {type(attributes).__name__}")
    carried: Dict[str, Any] = {}
    for name, value in attributes.items():
        if not isinstance(name, str):
            raise InvalidRequest(f"the name of an attribute is a text, and no {type(name).__name__}")
        try:
            carried[name] = to_wire(value)
            continue
        except ValueError as error:
            reason = str(error)
        data = {"attributes": [name], "operation": "save", "object_class": object_class, "uid": uid}
        raise InvalidAttribute(f"save: '{name}': {reason}", data)
    return carried


def _carried(parameter: str, value: Any) -> Any:
    """A parameter as the protocol has it."""
    try:
        return to_wire(value)
    except ValueError as error:
        reason = str(error)
    raise InvalidRequest(f"{parameter}: {reason}")
