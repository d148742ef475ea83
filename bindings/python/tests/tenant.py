"""The tenant of the tests. The suite ``python`` of the crate ``tests`` starts it and says where it is:
``SFSF_TEST_CONFIGURATION`` names a configuration, ``SFSF_TEST_KINDS`` has the kinds of errors there are."""

import json
import os
import urllib.request

CONFIGURATION = os.environ["SFSF_TEST_CONFIGURATION"]

with open(CONFIGURATION, encoding="utf-8") as _file:
    KEYS = json.load(_file)


def tenant(method, path, body=None):
    """Asks the tenant itself."""
    request = urllib.request.Request(KEYS["url"].rstrip("/") + "/sandbox/" + path, data=body, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def pages():
    """The pages of people that the tenant has been asked for."""
    requests = tenant("GET", "requests")["requests"]
    return [one for one in requests if one["path"].startswith("/odata/v2/User") and "metadata" not in one["path"]]
