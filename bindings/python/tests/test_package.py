"""The package against a tenant: what it is asked for, and what comes."""

import copy
import gc
import inspect
import json
import os
import pickle
import threading
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from unittest import mock

import sfsf_connector
from sfsf_connector import Connection, GetOutcome, GoneReason, LogLevel, Presence, ProblemKind, Reference, SaveMode, Secret
from sfsf_connector import errors, log_lines, set_log_level
from sfsf_connector.values import from_wire, to_wire

from tenant import CONFIGURATION, KEYS, pages, tenant


class Operations(unittest.TestCase):
    def setUp(self):
        self.connection = Connection(CONFIGURATION)
        self.addCleanup(self.connection.close)

    def person(self, uid, **attributes):
        return self.connection.save("User", uid, {"status": "t", "username": uid, **attributes})

    def test_test_says_what_was_checked(self):
        checks = self.connection.test().checks
        self.assertEqual([check.outcome for check in checks], ["ok"] * len(checks))
        self.assertEqual(checks[0].name, "token")

    def test_the_schema_has_attributes_with_types(self):
        classes = {info.name: info for info in self.connection.schema().object_classes}
        user = classes["User"]
        attributes = {attribute.name: attribute for attribute in user.attributes}
        self.assertEqual((user.name, attributes["hireDate"].value_type), ("User", "date"))
        self.assertEqual(attributes["manager"].referenced_object_class, "User")
        self.assertTrue(attributes["username"].filterable)

    def test_an_import_goes_on_from_where_the_last_one_ended(self):
        checkpoints = []
        with self.connection.import_("User", attributes_to_get=["status"], on_checkpoint=checkpoints.append) as people:
            everybody = {person.uid for person in people}
        token = people.summary.sync_token
        self.assertTrue(token and all(checkpoints))
        self.person("latecomer")
        with self.connection.import_("User", sync_token=token, missing=["nobody.at.all"]) as people:
            changed = {person.uid for person in people}
        self.assertIn("latecomer", changed - everybody)
        self.assertEqual([(gone.uid, gone.reason) for gone in people.gone], [("nobody.at.all", GoneReason.REMOVED)])

    def test_a_token_for_now_brings_nobody_and_later_what_has_changed(self):
        with self.connection.import_("User", token_only=True) as people:
            self.assertEqual(list(people), [])
        self.person("newcomer")
        with self.connection.import_("User", sync_token=people.summary.sync_token) as people:
            self.assertIn("newcomer", {person.uid for person in people})

    def test_a_list_has_codes_and_labels(self):
        divisions = self.connection.lookup("divisions", max_age=0)
        first = divisions.values[0]
        self.assertLess(divisions.age, timedelta(minutes=1))
        self.assertEqual((divisions.name, first.code, first.labels["de_DE"]), ("divisions", "100", "Betrieb"))

    def test_somebody_is_found_by_name_and_explained(self):
        self.person("lookme")
        found = self.connection.get("User", "lookme", by="__NAME__")
        self.assertEqual(found.object.uid, "lookme")
        self.assertTrue(self.connection.explain_object("User", "lookme").enabled)
        self.assertIn("$filter", self.connection.explain_filter("User", "status eq 't'").query)

    def test_save_and_get_keep_values_and_their_types(self):
        hired, boss = date(2024, 1, 31), Reference("User", "sfapi")
        outcome = self.person("zoë", firstName="Zoë 👩‍🚀", hireDate=hired, manager=boss)
        self.assertEqual((outcome.action, outcome.presence_before), ("created", "not_found"))
        self.assertEqual(outcome.parts[0].entity, "User")
        found = self.connection.get("User", "zoë", ["firstName", "hireDate", "manager", "title"])
        self.assertEqual((found.presence, found.object.name), ("active", "zoë"))
        self.assertEqual(found.object.first("firstName"), "Zoë 👩‍🚀")
        self.assertEqual(found.object.first("hireDate"), hired)
        self.assertEqual(found.object.first("manager"), boss)
        self.assertEqual(found.object.first("title", "none"), "none")
        self.assertEqual(self.person("zoë", hireDate=hired).action, "unchanged")

    def test_get_of_nobody_is_an_answer_with_evidence(self):
        found = self.connection.get("User", "nobody")
        self.assertEqual((found.presence, found.object), ("not_found", None))
        self.assertIn("nobody", found.evidence[0].query)

    def test_suspend_resume_and_delete_say_what_they_did(self):
        self.person("sam")
        self.assertEqual(self.connection.suspend("User", "sam").action, "suspended")
        self.assertEqual(self.connection.resume("User", "sam").action, "revived")
        outcome = self.connection.delete("User", "sam")
        self.assertEqual((outcome.action, outcome.presence), ("suspended", "inactive"))
        self.assertTrue(outcome.notices)

    def test_a_password_is_set_whether_wrapped_or_not(self):
        self.person("pat")
        for password in ["N3w-Pass-Phrase", Secret("N3w-Pass-Phrase-2")]:
            self.assertEqual(self.connection.reset_password("User", "pat", password).changed, ["__PASSWORD__"])

    def test_search_and_import_bring_people_and_a_summary(self):
        progress = []
        with self.connection.import_("User", attributes_to_get=["status"], on_progress=progress.append) as people:
            everybody = {person.uid for person in people}
        self.assertGreaterEqual(len(everybody), 300)
        self.assertEqual((people.summary.status, people.summary.count), ("complete", len(everybody)))
        self.assertEqual(progress[-1].fetched, len(everybody))
        found = list(self.connection.search("User", {"equal": ["userId", "sfapi"]}, ["username"]))
        self.assertEqual([person.uid for person in found], ["sfapi"])

    def test_pages_by_cookie_and_by_offset(self):
        seen, cookie = [], None
        while True:
            page = self.connection.search("User", attributes_to_get=[], page_size=150, cookie=cookie)
            seen += [person.uid for person in page]
            cookie = page.summary.cookie
            if cookie is None:
                break
        self.assertEqual(len(seen), len(set(seen)))
        page = self.connection.search("User", sort_keys=[("username", False)], page_size=2, offset=1)
        names = [person.name for person in page]
        self.assertEqual(names, sorted(names, reverse=True))

    def test_a_record_that_cannot_be_read_is_a_problem_and_no_end(self):
        tenant("POST", "faults", b"bad-record:GET division*1")
        told = []
        people = self.connection.import_("User", attributes_to_get=["division"], on_problem=told.append)
        count = sum(1 for _ in people)
        self.assertEqual((people.summary.problems, people.summary.count), (1, count))
        self.assertEqual(told, people.problems)
        self.assertEqual(told[0].kind, ProblemKind.UNREADABLE_RECORD)
        self.assertIsInstance(told[0].error, errors.TargetProtocolError)


class Requests(unittest.TestCase):
    """What is said to the library."""

    def setUp(self):
        self.connection = Connection(CONFIGURATION)
        self.addCleanup(self.connection.close)

    def said(self, work):
        """The parameters of a request, which goes no further."""
        with mock.patch.object(self.connection, "events", side_effect=StopAsyncIteration) as events:
            with self.assertRaises(StopAsyncIteration):
                work()
        return events.call_args.args[0]["params"]

    def test_days_and_what_is_expected_are_said_as_the_protocol_has_them(self):
        day, connection = date(2026, 11, 29), self.connection
        of_jdoe = {"object_class": "User", "uid": "jdoe"}
        self.assertEqual(self.said(lambda: connection.get("User", "jdoe", as_of=day)), {**of_jdoe, "as_of": "2026-11-29"})
        for streamed in [connection.search, connection.import_]:
            self.assertEqual(
                self.said(lambda: streamed("User", as_of=day)), {"object_class": "User", "as_of": "2026-11-29"}
            )
        expected = {"title": "Engineer", "manager": Reference("User", "boss"), "division": [], "email": ["a", "b"]}
        save = {
            "uid": "jdoe",
            "mode": "update",
            "attributes": {"title": "CTO"},
            "effective_date": "2026-11-29",
            "expected": {
                "title": ["Engineer"],
                "manager": [{"$reference": {"object_class": "User", "uid": "boss"}}],
                "division": [],
                "email": ["a", "b"],
            },
        }
        options = {"mode": SaveMode.UPDATE, "effective_date": day, "expected": expected}
        said = self.said(lambda: connection.save("User", "jdoe", {"title": "CTO"}, **options))
        self.assertEqual(said, {"object_class": "User", **save})
        said = self.said(lambda: connection.explain_save("User", "jdoe", {"title": "CTO"}, **options))
        self.assertEqual(said, {"object_class": "User", "save": save})

    def test_a_day_is_no_time_and_no_text(self):
        for wrong in [datetime(2026, 11, 29, tzinfo=timezone.utc), "2026-11-29", 0]:
            for work in [
                lambda: self.connection.get("User", "x", as_of=wrong),
                lambda: self.connection.save("User", "x", {}, effective_date=wrong),
            ]:
                with self.subTest(wrong), self.assertRaises(errors.InvalidRequestError) as caught:
                    work()
                self.assertIn("takes a date", str(caught.exception))

    def test_a_day_means_something_to_the_connector(self):
        with self.assertRaises(errors.UnsupportedError) as caught:
            self.connection.get("User", "sfapi", as_of=date(2026, 11, 29))
        self.assertEqual(caught.exception.attributes, ["as_of"])


class EarlyExits(unittest.TestCase):
    def setUp(self):
        self.connection = Connection({**KEYS, "page_size": 10})
        self.addCleanup(self.connection.close)
        self.connection.test()
        tenant("DELETE", "requests")

    def check_that_it_stopped(self):
        # The library reads ahead at most what a stream may hold.
        before = len(pages())
        self.connection.get("User", "sfapi", [])
        self.assertLessEqual(len(pages()), before + 2)
        self.assertLess(before, 30)

    def test_leaving_a_stream_ends_it(self):
        with self.connection.import_("User", attributes_to_get=[]) as people:
            next(people)
        with self.assertRaises(errors.InvalidRequestError):
            list(people)
        self.assertIsNone(people.summary)
        self.check_that_it_stopped()

    def test_forgetting_a_stream_ends_it(self):
        next(self.connection.import_("User", attributes_to_get=[]))
        gc.collect()
        self.check_that_it_stopped()

    def test_a_stream_is_cancelled_from_another_thread(self):
        tenant("POST", "faults", b"hang:GET department*1")
        people = self.connection.import_("User", attributes_to_get=["department"])
        timer = threading.Timer(0.1, people.cancel)
        timer.start()
        with self.assertRaises(errors.CancelledError):
            list(people)
        timer.join()

    def test_closing_the_connection_ends_its_streams(self):
        people = self.connection.import_("User", attributes_to_get=[])
        next(people)
        self.connection.close()
        with self.assertRaises(errors.CancelledError):
            list(people)
        with self.assertRaises(errors.InvalidRequestError):
            self.connection.test()
        self.connection.close()


class Failures(unittest.TestCase):
    def setUp(self):
        self.connection = Connection({**KEYS, "max_attempts": 1})
        self.addCleanup(self.connection.close)

    def test_every_kind_has_a_class_of_its_own(self):
        kinds = os.environ["SFSF_TEST_KINDS"].split()
        self.assertEqual(sorted(errors.CLASSES), sorted(kinds))
        for kind in kinds:
            error = errors.error_of({"error": {"message": "x", "data": {"kind": kind}}})
            self.assertEqual((error.kind, error.kind_text), (kind, kind))
            self.assertEqual(type(error).__name__.endswith("Error"), True)
            self.assertIsNot(type(error), errors.ConnectorError)

    def test_words_that_a_newer_connector_may_say_are_unknown_and_can_be_read(self):
        data = {"kind": "eclipse", "retry": "tomorrow", "effect": "doubled", "operation": "merge"}
        error = errors.error_of({"error": {"message": "x", "data": data}})
        self.assertIs(type(error), errors.ConnectorError)
        self.assertEqual((error.kind, error.kind_text), (errors.ErrorKind.UNKNOWN, "eclipse"))
        self.assertEqual((error.retry, error.retry_text), (errors.Retry.UNKNOWN, "tomorrow"))
        self.assertEqual((error.effect, error.effect_text), (errors.Effect.UNKNOWN, "doubled"))
        self.assertEqual((error.operation.name, error.operation_text), ("UNKNOWN", "merge"))
        found = GetOutcome.of({"presence": "elsewhere", "evidence": [], "fresh": 1})
        self.assertEqual((found.presence, found.presence_text), (Presence.UNKNOWN, "elsewhere"))
        self.assertEqual((found.object, found.candidates), (None, []))
        self.assertEqual(f"{Presence.NOT_FOUND} {str(Presence.ACTIVE)}", "not_found active")

    def test_options_of_a_call_have_names_and_types_and_no_others_are_taken(self):
        for name in ["get", "search", "import_", "save", "delete", "reset_password", "lookup", "test", "explain_filter"]:
            parameters = inspect.signature(getattr(Connection, name)).parameters
            for option in ["deadline", "correlation_id", "idempotency_key", "credentials", "log", "strict"]:
                self.assertIs(parameters[option].kind, inspect.Parameter.KEYWORD_ONLY, f"{name} {option}")
                self.assertTrue(parameters[option].annotation, f"{name} {option}")
        with self.assertRaises(TypeError):
            self.connection.get("User", "sfapi", dead_line=3)
        self.assertEqual(self.connection.get("User", "sfapi", [], strict=True).presence, "active")

    def test_an_error_carries_everything_to_decide_by(self):
        with self.assertRaises(errors.InvalidAttributeError) as caught:
            self.connection.save(
                "User", "eve", {"status": "t", "username": "eve", "manager": "nobody"}, correlation_id="order-66"
            )
        error = caught.exception
        self.assertEqual((error.kind, error.code), ("invalid_attribute", -31012))
        self.assertEqual((error.retry, error.retry_after, error.effect), ("never", None, "not_applied"))
        self.assertEqual((error.operation, error.object_class, error.uid), ("save", "User", "eve"))
        self.assertEqual((error.attributes, error.correlation_id), (["manager"], "order-66"))
        self.assertEqual(error.target.status, 500)
        self.assertIn("INVALID_MANAGER_ID", error.target.text)
        self.assertIn("manager", error.advice)
        self.assertIn("order-66", str(error))

    def test_when_to_try_again_is_a_duration(self):
        tenant("POST", "faults", b"throttle=300:GET location*1")
        with self.assertRaises(errors.RateLimitedError) as caught:
            list(self.connection.search("User", attributes_to_get=["location"]))
        self.assertEqual((caught.exception.retry, caught.exception.retry_after), ("later", timedelta(minutes=5)))

    def test_a_deadline_is_kept(self):
        tenant("POST", "faults", b"hang:GET state*1")
        with self.assertRaises(errors.TimedOutError):
            list(self.connection.search("User", attributes_to_get=["state"], deadline=0.3))

    def test_not_found_and_invalid_requests_are_told_apart(self):
        with self.assertRaises(errors.NotFoundError):
            self.connection.suspend("User", "nobody")
        with self.assertRaises(errors.InvalidRequestError):
            self.connection.get("Planet", "earth")
        with self.assertRaises(errors.InvalidRequestError) as caught:
            self.connection.search("User", "status eq")
        self.assertEqual(caught.exception.code, -32602)

    def test_a_configuration_is_refused_with_every_wrong_key(self):
        with self.assertRaises(errors.ConfigurationError) as caught:
            Connection({"url": "ftp://nowhere", "page_size": "many"})
        for key in ["url", "page_size", "company_id"]:
            self.assertIn(key, str(caught.exception))

    def test_credentials_of_a_request_are_used_for_it_alone(self):
        with self.assertRaises(errors.ServiceAuthError):
            self.connection.get("User", "sfapi", credentials={"access_token": "nonsense"})
        self.assertEqual(self.connection.get("User", "sfapi").presence, "active")

    def test_a_library_that_is_none_is_refused(self):
        for path in [os.devnull, "/nowhere/libsfsf_connector.so", "libc.so.6"]:
            with self.assertRaises(errors.ConfigurationError):
                sfsf_connector.load(path)


class Values(unittest.TestCase):
    def test_values_survive_the_wire(self):
        values = [
            "text",
            True,
            7,
            9007199254740993,
            Decimal("0.50"),
            date(2024, 1, 31),
            datetime(2024, 1, 31, 12, tzinfo=timezone.utc),
            b"\x00\xff",
            Reference("User", "boss"),
            Secret("Pa55"),
            {"street": ["Main Street 1"]},
        ]
        self.assertEqual(from_wire(json.loads(json.dumps(to_wire(values)))), values)
        self.assertEqual(from_wire({"$date_time": "2024-01-31T12:00:00Z"}), values[6])
        with self.assertRaises(ValueError):
            to_wire(datetime(2024, 1, 31))

    def test_a_secret_shows_itself_to_nobody(self):
        secret = Secret("Pa55")
        for shown in [repr(secret), str(secret), f"{secret}", repr([secret]), repr({"a": secret})]:
            self.assertNotIn("Pa55", shown)
        self.assertEqual(secret.reveal(), "Pa55")
        for copying in [pickle.dumps, copy.copy]:
            with self.assertRaises(TypeError):
                copying(secret)
        self.assertNotIn("Pa55", repr(Secret))

    def test_a_private_key_may_be_a_secret(self):
        with Connection({**KEYS, "private_key": Secret(KEYS["private_key"])}) as connection:
            self.assertNotIn("PRIVATE", repr(connection))
            connection.test()


class Logs(unittest.TestCase):
    def test_log_lines_come_as_asked_for(self):
        list(log_lines())
        with Connection(CONFIGURATION) as connection:
            connection.get("User", "sfapi", [])
            self.assertEqual(list(log_lines()), [])
            connection.get("User", "sfapi", [], log=LogLevel.INFO, correlation_id="order-66")
            text = json.dumps(list(log_lines(0.2)))
            self.assertIn("order-66", text)
            set_log_level(LogLevel.TRACE)
            self.addCleanup(set_log_level, LogLevel.OFF)
            connection.reset_password("User", "sfapi", "N3w-Pass-Phrase")
            text = json.dumps(list(log_lines(0.2)))
        self.assertIn("reset_password", text)
        self.assertNotIn("N3w-Pass-Phrase", text)
        self.assertNotIn("PRIVATE KEY", text)


class Threads(unittest.TestCase):
    def test_a_connection_is_shared_by_threads_without_crosstalk(self):
        seen = []

        def look(uid):
            for _ in range(10):
                seen.append((uid, self.connection.get("User", uid, []).presence))

        with Connection(CONFIGURATION) as self.connection:
            threads = [threading.Thread(target=look, args=(uid,)) for uid in ["sfapi", "nobody"] * 4]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(len(seen), 80)
        self.assertEqual(set(seen), {("sfapi", "active"), ("nobody", "not_found")})


if __name__ == "__main__":
    unittest.main()
