"""A case to work on, and a browser for each of its people."""

from tests.web.casework import work

__all__ = ["work"]
