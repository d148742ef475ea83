"""Sets one attribute of a person, and says what became of it.

    python save.py CONFIGURATION.json UID ATTRIBUTE VALUE
"""

import sys

import sfsf_connector
from sfsf_connector import errors


def main(configuration: str, uid: str, attribute: str, value: str) -> int:
    try:
        with sfsf_connector.Connection(configuration) as connection:
            outcome = connection.save("User", uid, {attribute: value}, mode="update", deadline=30)
    except errors.NotFoundError:
        print(f"there is nobody with the uid {uid}")
        return 1
    except errors.InvalidAttributeError as error:
        print(f"{', '.join(error.attributes)} was not accepted: {error}")
        return 1
    except errors.ConnectorError as error:
        if error.effect == "unknown":
            print("nobody knows whether it was done; read the person again")
        if error.retry_after is not None:
            print(f"try again in {error.retry_after.total_seconds():.0f} seconds")
        print(f"{error.kind}: {error}", file=sys.stderr)
        return 3 if error.retry == "later" else 1
    print(f"{outcome.uid}: {outcome.action}")
    for notice in outcome.notices:
        print(f"note: {notice}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
