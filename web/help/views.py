"""All pages of the help centre, on one blueprint."""

from web.help import asking, people, reading, surroundings, votes
from web.help.blueprint import help_pages

PARTS = (reading, asking, people, votes, surroundings)
__all__ = ["PARTS", "help_pages"]
