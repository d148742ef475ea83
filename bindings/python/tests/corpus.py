"""Carries the requests of a file to a tenant and prints the events: ``corpus.py CONFIGURATION.json REQUESTS``.

With ``json TEXTS`` it reads each line as JSON, with ``open TEXTS`` as a configuration, and says whether it was taken.
tests/corpus/README.md has the form of the files.
"""

import sys

import sfsf_connector
from sfsf_connector import _json, errors


def printed(event):
    sys.stdout.buffer.write(event + b"\n")


def told(error):
    """The event of an error; of one that comes from the package itself, its kind in the form of one."""
    own = {"jsonrpc": "2.0", "id": None, "error": {"data": {"kind": error.kind}}}
    return error.event or _json.write(own)


def lines_of(name):
    # Only a line feed ends a line.
    with open(name, "rb") as file:
        return file.read().split(b"\n")[:-1]


def is_taken(reader, text):
    try:
        reader(text)
    except (_json.NotJson, errors.InvalidRequestError):
        return False
    except errors.ConnectorError:
        pass
    return True


def judge(mode, texts):
    reader = {"json": _json.read, "open": sfsf_connector.Connection}[mode]
    for text in lines_of(texts):
        printed(b"accepted" if is_taken(reader, text) else b"refused")


def main(configuration, requests):
    if configuration in ("json", "open"):
        return judge(configuration, requests)
    lines = lines_of(requests)
    try:
        connection = sfsf_connector.Connection(configuration)
    except errors.ConnectorError as error:
        printed(told(error))
        return
    with connection:
        for line in lines:
            cancelled = line.startswith(b"cancel ")
            try:
                events = connection.events(line[len(b"cancel ") :] if cancelled else line)
            except errors.ConnectorError as error:
                printed(told(error))
                continue
            if cancelled:
                events.cancel()
            for event in events:
                printed(event)


if __name__ == "__main__":
    main(*sys.argv[1:])
