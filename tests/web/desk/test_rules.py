"""Each rule that can fire is explained to agents and admins."""

import re
from pathlib import Path

from responder.channels.formats import FORMATS
from web.desk.words import CHANNELS, RULES

POLICY = Path(__file__).parents[3] / "responder" / "policy.py"


def test_every_rule_of_the_policy_is_explained() -> None:
    source = POLICY.read_text(encoding="utf-8")
    named = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', source))
    assert named <= set(RULES), named - set(RULES)


def test_every_channel_has_a_name() -> None:
    assert set(FORMATS) <= set(CHANNELS)
