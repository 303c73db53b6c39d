"""What all tests share: property tests have no time limit of their own, for the machine may be busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("congvan", deadline=None)
settings.load_profile("congvan")
