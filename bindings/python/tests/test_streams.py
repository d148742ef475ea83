"""Streams: what they hold on to, how often they are gone through, and how a wait for them ends."""

import copy
import gc
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

from sfsf_connector import Connection, errors, log_lines

from tenant import CONFIGURATION, KEYS, tenant

GET = b'{"jsonrpc":"2.0","id":1,"method":"get","params":{"object_class":"User","uid":"sfapi"}}'


def small():
    """A connection whose streams need many requests."""
    return Connection({**KEYS, "page_size": 10})


def collected(values):
    """These values, with the collector run between any two of them."""
    for value in values:
        gc.collect()
        yield value


class Lifetimes(unittest.TestCase):
    """A stream keeps its connection open, whoever else has let go of it."""

    def everybody(self):
        with Connection(CONFIGURATION) as connection:
            return sorted(person.uid for person in connection.search("User", attributes_to_get=[]))

    def test_a_stream_that_is_handed_on_brings_everybody(self):
        def people(method):
            return getattr(small(), method)("User", attributes_to_get=[])

        for method in ["search", "import_"]:
            with self.subTest(method):
                stream = people(method)
                found = [person.uid for person in collected(stream)]
                self.assertEqual(sorted(found), self.everybody())
                self.assertEqual(stream.summary.status, "complete")

    def test_the_events_of_a_request_come_from_a_connection_that_nobody_holds(self):
        events = collected(Connection(CONFIGURATION).events(GET))
        self.assertIn(b'"presence":"active"', list(events)[-1])

    def test_the_last_use_of_a_connection_may_be_a_change(self):
        for _ in range(10):
            saved = Connection(CONFIGURATION).save("User", "lastuse", {"status": "t", "username": "lastuse"})
            gc.collect()
            self.assertIn(saved.action, ["created", "unchanged"])

    def test_a_connection_in_a_cycle_with_its_stream_goes_with_it(self):
        connection = small()
        connection.stream = connection.search("User", attributes_to_get=[])
        next(connection.stream)
        library, handle = connection.library, connection._handle
        del connection
        gc.collect()
        with self.assertRaises(errors.InvalidRequestError):
            library.start(handle, GET)

    def test_a_stream_that_has_ended_holds_no_connection(self):
        connection = Connection(CONFIGURATION)
        stream = connection.search("User", "userId eq 'sfapi'")
        library, handle = connection.library, connection._handle
        del connection
        self.assertEqual(len(list(stream)), 1)
        gc.collect()
        with self.assertRaises(errors.InvalidRequestError):
            library.start(handle, GET)

    def test_nothing_that_is_open_is_copied(self):
        with Connection(CONFIGURATION) as connection:
            events = connection.events(GET)
            for what in [connection, events, connection.search("User")]:
                for copying in [copy.deepcopy, pickle.dumps]:
                    with self.subTest(what=type(what).__name__), self.assertRaises(TypeError):
                        copying(what)


class Once(unittest.TestCase):
    """A stream is gone through once: the second time is an error, and not nobody."""

    def setUp(self):
        self.connection = small()
        self.addCleanup(self.connection.close)

    def check(self, stream):
        with self.assertRaises(errors.InvalidRequestError) as caught:
            list(stream)
        self.assertIn("ask again", str(caught.exception))

    def test_a_stream_that_was_gone_through(self):
        for stream in [self.connection.search("User"), self.connection.import_("User")]:
            self.assertGreater(len(list(stream)), 300)
            self.check(stream)

    def test_a_stream_that_was_left_or_failed(self):
        with self.connection.search("User") as stream:
            for _ in stream:
                break
        self.check(stream)
        tenant("POST", "faults", b"maintenance:GET city*9")
        self.addCleanup(tenant, "DELETE", "faults")
        with Connection({**KEYS, "max_attempts": 1}) as connection:
            stream = connection.search("User", attributes_to_get=["city"])
            with self.assertRaises(errors.ConnectorError):
                list(stream)
            self.check(stream)

    def test_a_stream_that_is_left_while_it_is_gone_through_is_not_whole(self):
        def from_within(stream):
            stream.close()

        def from_another_thread(stream):
            thread = threading.Thread(target=stream.close)
            thread.start()
            thread.join()

        for leave in [from_within, from_another_thread]:
            stream = self.connection.search("User")
            with self.subTest(leave.__name__), self.assertRaises(errors.CancelledError):
                for _ in stream:
                    leave(stream)
            self.assertIsNone(stream.summary)
            self.check(stream)

    def test_events_that_were_gone_through(self):
        events = self.connection.events(GET)
        self.assertEqual(len(list(events)), 1)
        self.check(events)

    def test_a_stream_goes_on_where_a_loop_was_left(self):
        stream = self.connection.search("User", attributes_to_get=[])
        first = next(stream).uid
        for person in stream:
            second = person.uid
            break
        rest = [person.uid for person in stream]
        self.assertEqual(len({first, second, *rest}), len(rest) + 2)
        self.assertEqual(stream.summary.count, len(rest) + 2)
        self.assertIsNone(next(stream, None))


class Waits(unittest.TestCase):
    """A wait ends within a second, with a server that accepts and never answers."""

    def setUp(self):
        silent = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(silent.close)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        self.connection = Connection({**KEYS, "url": url})
        self.addCleanup(self.connection.close)
        # What a shell starts in the background is started with Ctrl-C ignored, and Python leaves it so.
        handler = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, handler)

    def interrupted(self, call):
        """Ctrl-C, once the wait has begun."""
        before = time.monotonic()
        interrupt = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
        interrupt.start()
        with self.assertRaises(KeyboardInterrupt):
            call()
        interrupt.join()
        self.assertLess(time.monotonic() - before, 1.2)

    def test_an_interrupt_ends_every_kind_of_request(self):
        connection = self.connection
        calls = {
            "get": lambda: connection.get("User", "x"),
            "test": connection.test,
            "save": lambda: connection.save("User", "x", {"title": "y"}),
            "search": lambda: list(connection.search("User")),
            "events": lambda: list(connection.events(GET)),
        }
        for name, call in calls.items():
            with self.subTest(name):
                self.interrupted(call)

    def test_an_interrupt_ends_a_wait_for_log_lines(self):
        self.interrupted(lambda: list(log_lines(wait=20)))

    def test_a_stream_that_was_interrupted_is_cancelled(self):
        stream = self.connection.search("User")
        self.interrupted(lambda: next(stream))
        with self.assertRaises(errors.InvalidRequestError):
            list(stream)

    def test_a_generator_that_is_closed_cancels_its_request(self):
        def people():
            with small() as connection:
                for person in connection.import_("User", attributes_to_get=[]):
                    yield person

        some = people()
        next(some)
        before = time.monotonic()
        some.close()
        self.assertLess(time.monotonic() - before, 1)

    def test_a_deadline_and_a_close_end_a_wait(self):
        before = time.monotonic()
        with self.assertRaises(errors.TimedOutError):
            self.connection.get("User", "x", deadline=0.2)
        stream = self.connection.search("User")
        timer = threading.Timer(0.1, self.connection.close)
        timer.start()
        with self.assertRaises(errors.CancelledError):
            list(stream)
        timer.join()
        self.assertLess(time.monotonic() - before, 2)

    def test_a_stream_that_another_thread_closes_ends_a_wait(self):
        stream = self.connection.search("User")
        before = time.monotonic()
        timer = threading.Timer(0.1, stream.close)
        timer.start()
        with self.assertRaises(errors.CancelledError):
            list(stream)
        timer.join()
        self.assertLess(time.monotonic() - before, 1.1)


class Interpreters(unittest.TestCase):
    def test_a_program_ends_with_a_stream_that_nobody_has_closed(self):
        program = (
            "import sys, sfsf_connector as s\n"
            "people = s.Connection(sys.argv[1]).search('User')\n"
            "print(next(people).object_class)\n"
        )
        ran = subprocess.run([sys.executable, "-c", program, CONFIGURATION], capture_output=True, timeout=60)
        self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (0, b"User\n", b""))


if __name__ == "__main__":
    unittest.main()
