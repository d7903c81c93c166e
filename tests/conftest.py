"""Settings of all tests."""

import os

from hypothesis import settings

settings.register_profile("steady", deadline=None)  # how long an example takes says more of the machine than of us
settings.register_profile("ci", parent=settings.get_profile("steady"), derandomize=True)  # the same examples each time
settings.load_profile("ci" if os.environ.get("CI") else "steady")
