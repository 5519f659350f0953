"""Places on a page that an app leaves open for the apps above it.

A page of `discussions` shows what can be done with a comment; `moderation`, which `discussions` must not import, can do
more. So the page has a slot, `{% slot "comment-acts" comment=comment %}`, and moderation fills it when it is loaded:

    slots.fill("comment-acts", "moderation/_comment_acts.html")
"""

from collections import defaultdict

_fillings: defaultdict[str, list[str]] = defaultdict(list)


def fill(slot: str, template: str) -> None:
    """Show this template wherever a page has the slot. Call it from `AppConfig.ready`; a second call changes nothing."""
    if template not in _fillings[slot]:
        _fillings[slot].append(template)


def fillings(slot: str) -> tuple[str, ...]:
    """The templates that fill a slot, in the order of INSTALLED_APPS read upwards."""
    return tuple(_fillings[slot])
