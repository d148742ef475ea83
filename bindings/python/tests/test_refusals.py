"""What the package is given: it is used as it is, or refused by name. Nothing of it is shown that may be secret."""

import codecs
import json
import os
import tempfile
import traceback
import unittest
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from pathlib import Path

from sfsf_connector import Connection, Reference, Secret, errors
from sfsf_connector import _json
from sfsf_connector.values import to_wire

from tenant import CONFIGURATION, KEYS, tenant

TEXT = json.dumps(KEYS, indent=2)


class Configurations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, content):
        path = self.folder / "configuration.json"
        path.write_bytes(content)
        return path

    def check(self, configuration):
        with Connection(configuration) as connection:
            self.assertEqual(connection.get("User", "sfapi", []).presence, "active")

    def refused(self, configuration, *words):
        with self.assertRaises(errors.ConnectorError) as caught:
            Connection(configuration)
        shown = "".join(traceback.format_exception(caught.exception)) + repr(caught.exception)
        self.assertIsNone(caught.exception.__context__)
        self.assertNotIn("PRIVATE KEY", shown)
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_a_text_in_json_is_the_configuration(self):
        for text in [TEXT, "\n " + TEXT, "\ufeff" + TEXT, TEXT.encode(), bytearray(TEXT.encode())]:
            with self.subTest(type(text).__name__):
                self.check(text)

    def test_a_file_is_named_by_a_text_or_a_path(self):
        path = self.file(TEXT.encode())
        for name in [path, str(path)]:
            self.check(name)

    def test_a_byte_order_mark_is_passed_over(self):
        self.check(self.file(codecs.BOM_UTF8 + TEXT.encode()))

    def test_names_in_a_file_are_relative_to_it(self):
        (self.folder / "key.pem").write_text(KEYS["private_key"])
        keys = {name: value for name, value in KEYS.items() if name != "private_key"}
        for named in ["key.pem", str(self.folder / "key.pem")]:
            for mark in [b"", codecs.BOM_UTF8]:
                self.check(self.file(mark + json.dumps({**keys, "Private_Key_File": named}).encode()))

    def test_values_of_a_mapping_are_used_or_named(self):
        key = self.folder / "key.pem"
        key.write_text(KEYS["private_key"])
        keys = {name: value for name, value in KEYS.items() if name != "private_key"}
        self.check({**keys, "private_key_file": key})
        self.check({**keys, "private_key": Secret(KEYS["private_key"])})
        itself = []
        itself.append(itself)
        for value in [object(), date(2024, 1, 1), float("nan"), "\ud800", itself, {"a": {1: 2}}, 2**70]:
            with self.subTest(value=type(value).__name__):
                self.refused({**KEYS, "page_size": value}, "page_size")
        self.refused({**KEYS, 42: "x"}, "int")
        self.refused({**KEYS, KEYS["private_key"]: "x"})

    def test_what_is_no_configuration_is_refused_by_its_type(self):
        for wrong in [42, 0, True, None, 1.5, [], ("a",), object(), open]:
            with self.subTest(wrong=wrong):
                self.refused(wrong, type(wrong).__name__)

    def test_a_text_that_is_none_is_not_shown(self):
        # A private key by itself, in one line, a table of another form, JSON in JSON.
        key = KEYS["private_key"]
        texts = [key, key.replace("\n", ""), f"private_key = '''{key}'''", json.dumps(TEXT), f"[{TEXT}]", TEXT[:-2], "x" + TEXT]
        for text in texts:
            with self.subTest(text[:20]):
                self.refused(text)
                self.refused(text.encode())
                self.refused(self.file(text.encode()))

    def test_a_text_that_is_no_name_of_a_file_is_not_shown(self):
        planted = "pl4nted-S3cret"
        forms = ["{}", "x={}", "x: {}", "AbC/{}", "<x>{}</x>", "-----BEGIN PRIVATE KEY----- {}", "a=b;c={};url=http://a.com", "eyJ.{}.abcdefghi"]
        for text in [form.format(planted) for form in forms]:
            with self.subTest(text), self.assertRaises(errors.ConfigurationError) as caught:
                Connection(text)
            self.assertNotIn(planted, "".join(traceback.format_exception(caught.exception)))

    def test_a_key_that_stands_twice_is_refused(self):
        (self.folder / "key.pem").write_text(KEYS["private_key"])
        for one in [KEYS, {"private_key_file": "key.pem", **KEYS}]:
            text = json.dumps(one)
            for twice in [text[:-1] + ',"company_id":"OTHER"}', '{"company_id":"OTHER",' + text[1:], "\ufeff" + text[:-1] + ',"url":"x"}']:
                with self.subTest(twice[-20:]):
                    self.refused(twice, "twice")
                    self.refused(twice.encode(), "twice")
                    self.refused(self.file(twice.encode()), "twice")

    def test_a_file_that_cannot_be_read_is_named(self):
        missing = str(self.folder / "missing.json")
        self.refused(missing, missing, "No such file")
        self.refused(str(self.folder), str(self.folder), "directory")
        self.refused("", "No such file")
        self.refused("a\0b")

    @unittest.skipUnless(os.path.exists("/dev/zero"), "there is no file without an end")
    def test_a_file_without_an_end_is_refused(self):
        self.refused("/dev/zero", "too many")


class Values(unittest.TestCase):
    """A value that cannot be carried is refused with the name of its attribute, and nothing is sent."""

    def setUp(self):
        self.connection = Connection(CONFIGURATION)
        self.addCleanup(self.connection.close)

    def refused(self, value, *words):
        with self.assertRaises(errors.InvalidAttributeError) as caught:
            self.connection.save("User", "sfapi", {"status": "t", "hireDate": value})
        error = caught.exception
        self.assertEqual((error.attributes, error.effect), (["hireDate"], "not_applied"))
        self.assertEqual((error.operation, error.object_class, error.uid), ("save", "User", "sfapi"))
        self.assertIsNone(error.__context__)
        for word in ["hireDate", *words]:
            self.assertIn(word, str(error))

    def test_what_cannot_be_carried_names_its_attribute(self):
        itself = []
        itself.append(itself)
        circle = {}
        circle["a"] = [circle]
        deep = "x"
        for _ in range(5000):
            deep = [deep]
        for value in [float("nan"), float("inf"), -float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")]:
            self.refused(value, "no number")
        for value in [Decimal("1E+5000"), Decimal("1E-5000"), 2**63, -(2**63) - 1, 10**5000]:
            self.refused(value)
        for value in ["\ud800", "a\udfffb", Secret("\ud83d"), {"a": "\ud800"}, {"\ud800": "a"}, Reference("User", "\udc00")]:
            self.refused(value, "half a character")
        for value in [itself, circle, deep, [deep]]:
            self.refused(value, "nested too deeply")
        for value in [object(), timedelta(1), datetime.now().time(), 1j, open, iter([]), {1: "a"}, Reference("User", 5)]:
            self.refused(value)
        for values in [["x", float("nan")], {"add": [float("nan")]}]:
            self.refused(values)

    def test_a_secret_that_cannot_be_carried_is_not_shown(self):
        with self.assertRaises(errors.ConnectorError) as caught:
            self.connection.reset_password("User", "sfapi", "hush\ud800")
        self.assertNotIn("hush", "".join(traceback.format_exception(caught.exception)))
        for wrong in [42, None, b"hush", ["hush"]]:
            with self.assertRaises(errors.InvalidRequestError) as caught:
                self.connection.reset_password("User", "sfapi", wrong)
            self.assertNotIn("hush", str(caught.exception))
            with self.assertRaises(TypeError):
                Secret(wrong)

    def test_parameters_are_used_or_named(self):
        half = "\ud800"
        calls = {
            "uid": lambda: self.connection.get("User", half),
            "object_class": lambda: self.connection.get(half, "x"),
            "filter": lambda: self.connection.search("User", {"equal": ["title", float("nan")]}),
            "meta": lambda: self.connection.get("User", "x", correlation_id=half),
            "credentials": lambda: self.connection.get("User", "x", credentials={"access_token": 5}),
            "attributes": lambda: self.connection.save("User", "x", [("title", "y")]),
            "attributes_to_get": lambda: self.connection.search("User", attributes_to_get="email"),
            "sort_keys": lambda: self.connection.search("User", sort_keys="username"),
            "missing": lambda: self.connection.import_("User", missing="nobody"),
            "max_age": lambda: self.connection.lookup("divisions", max_age="1"),
            "the request": lambda: self.connection.events('{"id":"' + half + '"}'),
        }
        for deadline in [-1, float("nan"), "5", [], -float("inf")]:
            calls[f"deadline takes {deadline}"[:8]] = lambda deadline=deadline: self.connection.test(deadline=deadline)
        for name, call in calls.items():
            with self.subTest(name), self.assertRaises(errors.InvalidRequestError) as caught:
                call()
            self.assertIn(name, str(caught.exception))
        for limit in [timedelta(minutes=1), 60, float("inf"), None]:
            self.assertTrue(self.connection.test(deadline=limit).checks)

    def test_a_day_is_the_day_of_its_writer(self):
        class Unknown(tzinfo):
            def utcoffset(self, when):
                return None

        self.connection.save("User", "dayli", {"status": "t", "username": "dayli"})
        for hours in [9, 14, 0, -11, -5]:
            here = timezone(timedelta(hours=hours))
            for hired in [datetime(2024, 3, 5, tzinfo=here), date(2024, 3, 5)]:
                self.connection.save("User", "dayli", {"hireDate": hired})
                found = self.connection.get("User", "dayli", ["hireDate"]).object
                self.assertEqual(found.first("hireDate"), date(2024, 3, 5))
            filtered = self.connection.search("User", {"equal": ["hireDate", datetime(2024, 3, 5, tzinfo=here)]})
            self.assertIn("dayli", [person.uid for person in filtered])
            self.connection.save("User", "dayli", {"hireDate": date(2001, 1, 1)})
        self.refused(datetime(2024, 3, 5), "time zone")
        self.refused(datetime(2024, 3, 5, tzinfo=Unknown()), "time zone")
        self.refused(datetime(1890, 3, 5, tzinfo=timezone(timedelta(seconds=3208))), "seconds")

    def test_numbers_keep_their_digits_and_texts_may_be_of_any_kind_of_text(self):
        class Status(str, Enum):
            ACTIVE = "t"

        self.assertEqual(to_wire([Status.ACTIVE]), ["t"])
        self.assertEqual(to_wire([0.1 + 0.2, 1e22, -0.5]), [{"$decimal": text} for text in ["0.30000000000000004", "10000000000000000000000", "-0.5"]])
        self.assertEqual(to_wire([-(2**63), bytearray(b"x")]), [{"$integer": str(-(2**63))}, {"$binary": "eA=="}])
        self.assertEqual(self.connection.save("User", "enu", {"status": Status.ACTIVE, "username": "enu"}).action, "created")

    def test_a_place_without_a_size_of_page_is_refused(self):
        for place in [{"offset": 400}, {"cookie": "x"}, {"offset": 0}, {"cookie": ""}, {"cookie": "x", "offset": 1}]:
            with self.subTest(place), self.assertRaises(errors.InvalidRequestError) as caught:
                self.connection.search("User", **place)
            self.assertIn("page_size", str(caught.exception))

    def test_nobody_is_an_error_of_usage(self):
        for uid in ["", " ", "\t", " sfapi", "sfapi "]:
            for call in [self.connection.get, self.connection.suspend, self.connection.delete, self.connection.resume]:
                with self.subTest(uid=uid, call=call.__name__), self.assertRaises(errors.InvalidRequestError):
                    call("User", uid)
            with self.assertRaises(errors.InvalidRequestError):
                self.connection.save("User", uid, {"title": "x"})
            with self.assertRaises(errors.InvalidRequestError):
                self.connection.reset_password("User", uid, "N3w-Pass-Phrase")
            with self.assertRaises(errors.InvalidRequestError):
                self.connection.explain_object("User", uid)


class Secrets(unittest.TestCase):
    """What is planted as a secret is in no error, no argument and no variable, whatever fails."""

    PLANTED = "pl4nted-S3cret"

    def seen(self, call):
        """Everything that an error shows, with those behind it."""
        try:
            call()
        except Exception as error:  # every kind is looked into
            shown = "".join(traceback.format_exception(error))
            while error is not None:
                shown += repr(error) + repr(error.args) + repr(getattr(error, "event", None)) + repr(vars(error)) + repr(getattr(error, "obj", None))
                error = error.__cause__ or error.__context__
            return shown
        return ""

    def check(self, call, fails=True):
        shown = self.seen(call)
        self.assertNotIn(self.PLANTED, shown)
        self.assertEqual(bool(shown), fails)

    def test_a_configuration_that_is_refused_shows_none(self):
        planted = self.PLANTED
        for key in ["private_key", "private_key_passphrase", "access_token", f"a\n{planted}", planted * 9]:
            for value in [planted, Secret(planted), "\ud800" + planted, [planted], {planted: planted}, planted.encode()]:
                with self.subTest(key=key, value=type(value).__name__):
                    keys = {**KEYS, key: value}
                    self.assertNotIn(planted, self.seen(lambda keys=keys: Connection(keys).test()))
        for text in [planted + "{", '{"private_key":"' + planted, '{"private_key":' + planted + "}", planted + "\n" + planted]:
            self.check(lambda text=text: Connection(text))
            self.check(lambda text=text: Connection(text.encode()))

    def test_an_operation_that_fails_shows_none(self):
        planted, half = self.PLANTED, self.PLANTED + "\ud800"
        with Connection({**KEYS, "max_attempts": 1}) as connection:
            for secret in [planted, half]:
                self.check(lambda secret=secret: connection.reset_password("User", "nobody", secret))
                self.check(lambda secret=secret: connection.reset_password("User", "nobody", Secret(secret)))
                self.check(lambda secret=secret: connection.save("User", "nobody", {"password": Secret(secret)}, mode="update"))
                self.check(lambda secret=secret: connection.save("User", "nobody", {"a": [Secret(secret), object()]}))
                for credentials in [{"access_token": secret}, {"access_token": secret, "nonsense": secret}]:
                    for call in [connection.get, connection.suspend]:
                        self.check(lambda call=call, credentials=credentials: call("User", "x", credentials=credentials))
                    self.check(lambda credentials=credentials: connection.test(credentials=credentials))
                    self.check(lambda credentials=credentials: list(connection.search("User", credentials=credentials)))
            for wrong in [planted, [planted], (planted,), planted.encode(), Secret(planted), {planted}, 42]:
                with self.subTest(credentials=type(wrong).__name__), self.assertRaises(errors.InvalidRequestError) as caught:
                    connection.get("User", "x", credentials=wrong)
                self.assertIn("credentials", str(caught.exception))
                self.check(lambda wrong=wrong: connection.get("User", "x", credentials=wrong))
                self.check(lambda wrong=wrong: list(connection.search("User", sort_keys=[(wrong, wrong, wrong)])))
            tenant("POST", "faults", b"garbage:POST upsert*1")
            self.addCleanup(tenant, "DELETE", "faults")
            self.check(lambda: connection.reset_password("User", "sfapi", planted))
        self.check(lambda: connection.reset_password("User", "sfapi", planted))

    @unittest.skipUnless(os.path.exists("/proc/self"), "the system tells nobody of arguments and variables")
    def test_none_is_an_argument_or_a_variable(self):
        with Connection({**KEYS, "private_key_passphrase": self.PLANTED}) as connection:
            self.seen(connection.test)
            for name in ["cmdline", "environ"]:
                with open(f"/proc/self/{name}", "rb") as file:
                    self.assertNotIn(self.PLANTED.encode(), file.read())
            self.assertNotIn(self.PLANTED, repr(dict(os.environ)))


class Json(unittest.TestCase):
    """What RFC 8259 does not allow is not read, and its text is in no error."""

    def test_what_python_allows_besides_is_refused(self):
        for text in [b"NaN", b"[Infinity]", b'{"a":-Infinity}', b"\xff\xfe1\x00", b'"\xed\xa0\x80"', b"\xef\xbb\xbf1", b"[" * 100000, b"", b"1 2"]:
            with self.subTest(text[:9]), self.assertRaises(_json.NotJson) as caught:
                _json.read(text)
            self.assertIsNone(caught.exception.__context__)
        with self.assertRaises(_json.NotJson) as caught:
            _json.read(b'{"private_key":hush}')
        self.assertNotIn("hush", "".join(traceback.format_exception(caught.exception)))
        self.assertIn("line 1 column 16", str(caught.exception))
        self.assertEqual(_json.read('{"a":[1,-0.5e3,"\\u00fc東"]}'.encode()), {"a": [1, -500.0, "ü東"]})


if __name__ == "__main__":
    unittest.main()
