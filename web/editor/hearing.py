"""What is looked up of a customer's question: greetings around it are taken off."""

from collections.abc import Callable
from functools import partial

from responder.pleasantries import Pleasantries
from web.services import services


def hearing() -> Callable[[str], str]:
    """By the routes and the wording of the moment."""
    pleasantries = Pleasantries.of(services().library.list_routes())
    return partial(pleasantries.taken_off, speech=services().responder.wording.speech())
