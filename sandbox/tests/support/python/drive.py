"""Drives a tenant with pyodata and prints what it saw as JSON."""

import json
import sys

import pyodata
import requests
from pyodata.v2.model import Config, NullType, ParserError, PolicyWarning

url, token, user_id = sys.argv[1:4]
session = requests.Session()
session.trust_env = False
session.headers.update({"Authorization": f"Bearer {token}", "Accept": "application/json"})
# The metadata is XML and refuses to be JSON.
metadata = session.get(f"{url}/$metadata", headers={"Accept": "*/*"})
metadata.raise_for_status()
# A real tenant's upsert results hold a list of themselves, which pyodata has no type for (its issue 206). All else
# is read strictly.
config = Config(custom_error_policies={ParserError.PROPERTY: PolicyWarning()})
client = pyodata.Client(url, session, config=config, metadata=metadata.content)
kind = client.schema.entity_type("User")
users = client.entity_sets.User
everybody = "status in 't','f','T','F','e','d'"

ids = []
page = users.get_entities().filter(everybody).select("userId").execute()
while True:
    ids.extend(user.userId for user in page)
    if page.next_url is None:
        break
    page = users.get_entities().next_url(page.next_url).execute()

one = users.get_entity(user_id).execute()
strange = [prop.name for prop in kind.proprties() if isinstance(prop.typ, NullType)]
print(json.dumps({
    "strange": strange,
    "properties": len(kind.proprties()),
    "key": [key.name for key in kind.key_proprties],
    "navigations": sorted(nav.name for nav in kind.nav_proprties),
    "functions": sorted(function.name for function in client.schema.function_imports),
    "people": len(ids),
    "distinct": len(set(ids)),
    "count": users.get_entities().filter(everybody).count().execute(),
    "inactive": [user.userId for user in users.get_entities().filter("status eq 'f'").select("userId").execute()],
    "username": one.username,
    "hired": one.hireDate.isoformat() if one.hireDate else None,
    "valid": client.functions.isValidSession.execute(),
}))
