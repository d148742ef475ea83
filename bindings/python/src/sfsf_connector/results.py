"""What comes back. Fields that a newer library may add are left out here, and are no error."""

from ._generated_results import *  # noqa: F403
from ._generated_words import *  # noqa: F403
from ._object import ConnectorObject as ConnectorObject
