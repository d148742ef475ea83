"""A connection to one tenant."""

from __future__ import annotations

import itertools
import os
from datetime import date
from types import TracebackType
from typing import Any, Callable, Dict, Iterable, Iterator, Mapping, Optional, Tuple, Type, Union

from . import _json
from ._configuration import configuration_text
from ._generated_results import (
    FilterExplanation,
    GetOutcome,
    ObjectExplanation,
    Progress,
    SaveExplanation,
    SaveOutcome,
    Schema,
    TestReport,
    ValueList,
)
from ._generated_words import LogLevel, SaveMode
from ._library import Library, load
from ._problem import Problem
from ._request import (
    Credentials,
    Seconds,
    carried,
    day_of,
    listed,
    meta_of,
    milliseconds,
    names,
    page_of,
    save_of,
    secret_of,
    sort_key,
    with_those,
)
from ._stream import Events, Stream, only_answer
from .values import Secret

#: A filter in its text form, or as JSON: ``"status eq 't'"``, ``{"equal": ["status", "t"]}``.
Filter = Union[str, Mapping[str, Any]]


class Connection:
    """A connection to one tenant. It may be used by several threads at the same time.

    Nothing is sent when it is opened. Close it, or use it as a context manager; what still runs then is cancelled.

    Every operation takes these, which accompany it:

    - ``deadline``: how long the caller waits, in seconds or as a ``timedelta``; then :class:`~errors.TimedOutError` comes.
    - ``correlation_id``: the id of the call in logs and at the tenant; made up if absent.
    - ``idempotency_key``: the same for every repeat of the request.
    - ``credentials``: keys of the configuration for this call alone, such as another ``username``.
    - ``log``: how much is logged of this call.
    - ``strict``: whether a request with a field that nobody reads is refused; otherwise the field is ignored.
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

    def test(
        self,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> TestReport:
        """Is the tenant reachable, and are we let in?"""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        return TestReport.of(self._ask("test", {}, meta))

    def schema(
        self,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> Schema:
        """What do objects of the tenant look like?"""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        return Schema.of(self._ask("schema", {}, meta))

    def get(
        self,
        object_class: str,
        uid: str,
        attributes_to_get: Optional[Iterable[str]] = None,
        by: Optional[str] = None,
        as_of: Optional[date] = None,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> GetOutcome:
        """One object by its uid, or the certainty that there is none. Nobody is no error.

        ``by`` names the attribute to look by, if it is not the uid: ``__NAME__``, or another one that tells objects apart.
        ``as_of`` is the day as of which it is read; the target's today, if absent. A class without days refuses it.
        """
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        params = {"object_class": object_class, "uid": uid}
        wanted = names("attributes_to_get", attributes_to_get)
        params = with_those(params, by=by, attributes_to_get=wanted, as_of=day_of("as_of", as_of))
        return GetOutcome.of(self._ask("get", params, meta))

    def lookup(
        self,
        name: str,
        max_age: Optional[Seconds] = None,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> ValueList:
        """The values of a list; the manifest names the lists. A ``max_age`` of 0 asks the tenant anew."""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        params = with_those({"name": name}, max_age_ms=milliseconds("max_age", max_age))
        return ValueList.of(self._ask("lookup", params, meta))

    def explain_filter(
        self,
        object_class: str,
        filter: Filter,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> FilterExplanation:
        """What a search with this filter does. Nothing is searched for."""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        params = {"object_class": object_class, "filter": filter}
        return FilterExplanation.of(self._ask("explain", params, meta))

    def explain_object(
        self,
        object_class: str,
        uid: str,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> ObjectExplanation:
        """How presence and state of an object come about."""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        params = {"object_class": object_class, "uid": uid}
        return ObjectExplanation.of(self._ask("explain", params, meta))

    def search(
        self,
        object_class: str,
        filter: Optional[Filter] = None,
        attributes_to_get: Optional[Iterable[str]] = None,
        sort_keys: Iterable[Union[str, Tuple[str, bool]]] = (),
        page_size: Optional[int] = None,
        cookie: Optional[str] = None,
        offset: Optional[int] = None,
        as_of: Optional[date] = None,
        on_problem: Optional[Callable[[Problem], None]] = None,
        on_progress: Optional[Callable[[Progress], None]] = None,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> Stream:
        """The objects that satisfy a filter.

        ``page_size`` asks for one page: the first, the one after ``cookie``, or the one at ``offset``, which counts
        from 1; without a size, neither of these makes sense. ``sort_keys`` are names, or pairs of a name and whether the
        order is ascending. ``as_of`` is as in :meth:`get`.
        """
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        keys = [sort_key(key) for key in listed("sort_keys", sort_keys)]
        params = with_those(
            {"object_class": object_class},
            filter=filter,
            attributes_to_get=names("attributes_to_get", attributes_to_get),
            sort_keys=keys or None,
            page=page_of(page_size, cookie, offset),
            as_of=day_of("as_of", as_of),
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
        as_of: Optional[date] = None,
        on_problem: Optional[Callable[[Problem], None]] = None,
        on_progress: Optional[Callable[[Progress], None]] = None,
        on_checkpoint: Optional[Callable[[str], None]] = None,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> Stream:
        """All objects of a class, or what has changed since ``sync_token``.

        The token of the next run is in ``summary.sync_token``; ``on_checkpoint`` is given tokens with which a run that
        broke off goes on. ``missing`` are uids that a complete run did not bring; whoever of them is nowhere comes in
        the stream's ``gone``. With ``token_only`` nobody comes: the summary has the token for what changes from now on.
        ``as_of`` is as in :meth:`get`.
        """
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        params = with_those(
            {"object_class": object_class},
            filter=filter,
            attributes_to_get=names("attributes_to_get", attributes_to_get),
            sync_token=sync_token,
            missing=listed("missing", missing) or None,
            token_only=token_only or None,
            as_of=day_of("as_of", as_of),
        )
        return Stream(self._start("import", params, meta), on_problem, on_progress, on_checkpoint)

    def save(
        self,
        object_class: str,
        uid: Optional[str],
        attributes: Mapping[str, Any],
        mode: Union[SaveMode, str] = SaveMode.CREATE_OR_UPDATE,
        effective_date: Optional[date] = None,
        expected: Optional[Mapping[str, Any]] = None,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> SaveOutcome:
        """Creates an object or changes it. An empty list clears an attribute.

        May be repeated: what is so already is not written again. ``effective_date`` is the first day on which the change
        holds; the target's today, if absent. A class without days refuses it. ``expected`` is what the object is believed
        to have, a value or a list for each attribute, an empty list for none: if it has anything else, nothing is written,
        and :class:`~errors.PreconditionFailedError` names the attributes that differ.
        """
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        params = {"object_class": object_class, **save_of(object_class, uid, attributes, mode, effective_date, expected)}
        return SaveOutcome.of(self._ask("save", params, meta))

    def explain_save(
        self,
        object_class: str,
        uid: Optional[str],
        attributes: Mapping[str, Any],
        mode: Union[SaveMode, str] = SaveMode.CREATE_OR_UPDATE,
        effective_date: Optional[date] = None,
        expected: Optional[Mapping[str, Any]] = None,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> SaveExplanation:
        """What this save would write, in order and to the byte: a dry run. Nothing is written.

        It fails as :meth:`save` would fail before anything is sent; what the target would refuse, it cannot tell.
        """
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        save = save_of(object_class, uid, attributes, mode, effective_date, expected)
        return SaveExplanation.of(self._ask("explain", {"object_class": object_class, "save": save}, meta))

    def delete(
        self,
        object_class: str,
        uid: str,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> SaveOutcome:
        """Deletes an object. The manifest says what that means; people are made inactive."""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        return self._change("delete", {"object_class": object_class, "uid": uid}, meta)

    def suspend(
        self,
        object_class: str,
        uid: str,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> SaveOutcome:
        """Makes a person inactive."""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        return self._change("suspend", {"object_class": object_class, "uid": uid}, meta)

    def resume(
        self,
        object_class: str,
        uid: str,
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> SaveOutcome:
        """Makes a person active."""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        return self._change("resume", {"object_class": object_class, "uid": uid}, meta)

    def reset_password(
        self,
        object_class: str,
        uid: str,
        new_password: Union[Secret, str],
        *,
        deadline: Optional[Seconds] = None,
        correlation_id: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        credentials: Optional[Credentials] = None,
        log: Optional[LogLevel] = None,
        strict: bool = False,
    ) -> SaveOutcome:
        """Sets a password without knowing the old one."""
        meta = meta_of(deadline, correlation_id, idempotency_key, credentials, log, strict)
        password = secret_of("new_password", new_password)
        params = {"object_class": object_class, "uid": uid, "new_password": password}
        return self._change("reset_password", params, meta)

    def events(self, request: Union[str, bytes, Mapping[str, Any]]) -> Events:
        """Any request of the protocol as it is; gives its events as lines of JSON, result and error among them."""
        if isinstance(request, str):
            request = carried("the request", request).encode()
        elif not isinstance(request, bytes):
            request = _json.write(carried("the request", request))
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

    def _change(self, method: str, params: Dict[str, Any], meta: Dict[str, Any]) -> SaveOutcome:
        return SaveOutcome.of(self._ask(method, params, meta))

    def _ask(self, method: str, params: Dict[str, Any], meta: Dict[str, Any]) -> Any:
        return only_answer(self._start(method, params, meta))

    def _start(self, method: str, params: Dict[str, Any], meta: Dict[str, Any]) -> Events:
        params = {**params, "meta": meta} if meta else params
        params = {name: carried(name, value) for name, value in params.items()}
        return self.events({"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params})
