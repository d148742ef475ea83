"""Prints uid, name and mail address of everybody whom a filter lets through.

    python search.py CONFIGURATION.json "status eq 't'"
"""

import sys

import sfsf_connector
from sfsf_connector import errors


def main(configuration: str, filter: str) -> int:
    try:
        with sfsf_connector.Connection(configuration) as connection:
            people = connection.search("User", filter, attributes_to_get=["email"])
            for person in people:
                print(person.uid, person.name, person.first("email", ""), sep="\t")
    except errors.ConnectorError as error:
        print(f"{error.kind}: {error}", file=sys.stderr)
        return 3 if error.retry == "later" else 1
    for problem in people.problems:
        print(f"skipped: {problem}", file=sys.stderr)
    if people.summary is not None:
        print(f"{people.summary.count} found", file=sys.stderr)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
