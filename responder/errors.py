"""Everything that can go wrong in answering, as facts plus what to do."""

from responder.models import TicketState


class ResponderError(Exception):
    """Root of responder's errors; its text is fit to be shown to staff."""


class MessageTooLong(ResponderError):
    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"the message has {length} characters; at most {limit} are read")
        self.length, self.limit = length, limit


class EmptyMessage(ResponderError):
    def __init__(self) -> None:
        super().__init__("the message is empty; write something first")


class UnknownConversation(ResponderError):
    def __init__(self, public_id: str) -> None:
        super().__init__(f"there is no conversation {public_id[:40]!r}")
        self.public_id = public_id


class UnknownTicket(ResponderError):
    def __init__(self, public_id: str) -> None:
        super().__init__(f"there is no ticket {public_id[:40]!r}")
        self.public_id = public_id


class UnknownDecision(ResponderError):
    def __init__(self, public_id: str) -> None:
        super().__init__(f"there is no decision {public_id[:40]!r}")
        self.public_id = public_id


class TicketTaken(ResponderError):
    """Somebody else works on it: two people must not answer one customer."""

    def __init__(self, public_id: str, assignee: str) -> None:
        super().__init__(f"{assignee} works on this ticket; take it over first")
        self.public_id, self.assignee = public_id, assignee


class IllegalTicketMove(ResponderError):
    def __init__(self, public_id: str, current: TicketState, wanted: TicketState) -> None:
        super().__init__(f"the ticket is {current.value!r} and cannot become {wanted.value!r}")
        self.public_id, self.current, self.wanted = public_id, current, wanted


class InvalidContact(ResponderError):
    """A name, e-mail address or phone number that cannot be used; `field` says which."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field, self.problem = field, problem


class InvalidThreshold(ResponderError):
    def __init__(self, value: float, lowest: float, highest: float) -> None:
        super().__init__(
            f"a threshold of {value:g} is not possible: choose one from {lowest} to {highest}"
        )
        self.value = value


class InvalidProfile(ResponderError):
    """A firm setting that cannot work; `field` says which."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


class InvalidNotice(ResponderError):
    """A notice that cannot be shown; `field` says which part."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


class UnknownSuggestion(ResponderError):
    def __init__(self, suggestion_id: int) -> None:
        super().__init__(f"there is no suggested question {suggestion_id}")
        self.suggestion_id = suggestion_id


class SuggestionDecided(ResponderError):
    """Somebody else was faster."""

    def __init__(self, suggestion_id: int) -> None:
        super().__init__(
            f"the suggested question {suggestion_id} was accepted or declined already: load the "
            "page again"
        )
        self.suggestion_id = suggestion_id


class UnknownGoldenSet(ResponderError):
    def __init__(self, name: str) -> None:
        super().__init__(f"there is no golden set {name[:40]!r}")
        self.name = name


class UnknownGoldenQuestion(ResponderError):
    def __init__(self, question_id: int) -> None:
        super().__init__(f"there is no golden question {question_id}")
        self.question_id = question_id


class UnknownGoldenRun(ResponderError):
    def __init__(self, run_id: int) -> None:
        super().__init__(f"there is no run {run_id} of a golden set")
        self.run_id = run_id


class InvalidGolden(ResponderError):
    """A set or question that cannot be kept; `field` says which part."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


class InvalidChange(ResponderError):
    """A change that cannot be imagined; `field` says which part."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


class UnknownWording(ResponderError):
    def __init__(self, lang: str, key: str) -> None:
        super().__init__(f"there is no wording {key!r} in {lang!r}")
        self.lang, self.key = lang, key


class InvalidWording(ResponderError):
    """A changed text that lost or invented a placeholder: a template and its facts."""

    def __init__(self, key: str, template: str, /, **facts: object) -> None:
        super().__init__(f"{key}: {template % facts if facts else template}")
        self.key, self.template, self.facts = key, template, facts


class UnknownChannel(ResponderError):
    def __init__(self, channel: str) -> None:
        super().__init__(f"there is no channel {channel!r}")
        self.channel = channel


class PersonalDataInPublic(ResponderError):
    """Everybody reads along: say it in private instead."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        super().__init__(f"remove personal data ({', '.join(kinds)}) from this public reply")
        self.kinds = kinds


class InvalidPromise(ResponderError):
    """A share of wrong answers that nobody should promise."""

    def __init__(self, allowed: float, most: float) -> None:
        super().__init__(f"{allowed}: promise a share above 0 and up to {most}")
        self.allowed, self.most = allowed, most
