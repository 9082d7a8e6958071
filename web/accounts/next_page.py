"""Where to go after signing in: only ever a page of this site."""

import re

LOCAL_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def is_local_path(target: str) -> bool:
    """True for `/edit?lang=id`; false for other hosts in any disguise, backslashes and controls."""
    return len(target) <= 2000 and LOCAL_PATH.fullmatch(target) is not None
