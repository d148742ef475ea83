"""Carries the requests of a file to a tenant and prints the events: ``corpus.py CONFIGURATION.json REQUESTS``.

tests/corpus/README.md has the form of the file.
"""

import sys

import sfsf_connector
from sfsf_connector import errors


def printed(event):
    sys.stdout.buffer.write(event + b"\n")


def main(configuration, requests):
    with open(requests, "rb") as file:
        lines = file.read().splitlines()
    try:
        connection = sfsf_connector.Connection(configuration)
    except errors.ConnectorError as error:
        printed(error.event)
        return
    with connection:
        for line in lines:
            cancelled = line.startswith(b"cancel ")
            try:
                events = connection.events(line[len(b"cancel ") :] if cancelled else line)
            except errors.ConnectorError as error:
                printed(error.event)
                continue
            if cancelled:
                events.cancel()
            for event in events:
                printed(event)


if __name__ == "__main__":
    main(*sys.argv[1:])
