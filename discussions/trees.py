"""The order in which a tree of comments is read, flat, with depths. Plain Python.

A reader goes down a branch before the next one begins, and branches stand in the order in which they were opened.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Protocol, TypeVar


class Node(Protocol):
    """Anything with an identity and a parent's identity, None at the top."""

    @property
    def pk(self) -> Hashable: ...
    @property
    def parent_id(self) -> Hashable | None: ...


N = TypeVar("N", bound=Node)


def in_reading_order(nodes: Iterable[N]) -> Iterator[tuple[N, int]]:
    """Each node with its depth, 0 at the top. Siblings keep the order in which they came.

    Without recursion: a chain of replies may be as long as the thread. A node whose parent is not among the nodes is
    put at the top rather than lost.
    """
    listed = list(nodes)
    known = {node.pk for node in listed}
    replies: defaultdict[Hashable | None, list[N]] = defaultdict(list)
    for node in listed:
        replies[node.parent_id if node.parent_id in known else None].append(node)
    waiting = [(node, 0) for node in reversed(replies[None])]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(reply, depth + 1) for reply in reversed(replies[node.pk])]
