"""The reading order of comments, with generated trees."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from discussions.trees import in_reading_order


@dataclass(frozen=True)
class Node:
    pk: int
    parent_id: int | None


@st.composite
def trees(draw) -> list[Node]:
    """Nodes in order of age, each answering an older one or none."""
    count = draw(st.integers(0, 60))
    return [Node(pk, draw(st.none() | st.integers(0, pk - 1)) if pk else None) for pk in range(count)]


@given(trees())
def test_every_comment_is_shown_once(nodes):
    assert sorted(node.pk for node, _ in in_reading_order(nodes)) == [node.pk for node in nodes]


@given(trees())
def test_a_reply_comes_after_its_parent_one_level_deeper(nodes):
    ordered = list(in_reading_order(nodes))
    place = {node.pk: (index, depth) for index, (node, depth) in enumerate(ordered)}
    for node in nodes:
        if node.parent_id is None:
            assert place[node.pk][1] == 0
        else:
            assert place[node.pk][0] > place[node.parent_id][0]
            assert place[node.pk][1] == place[node.parent_id][1] + 1


@given(trees())
def test_a_branch_is_read_to_its_end_before_the_next_begins(nodes):
    ordered = list(in_reading_order(nodes))
    for (_, depth), (_, following) in pairwise(ordered):
        assert following <= depth + 1


@given(trees())
def test_siblings_keep_the_order_of_their_age(nodes):
    ordered = [node for node, _ in in_reading_order(nodes)]
    for parent in {node.parent_id for node in nodes}:
        siblings = [node.pk for node in ordered if node.parent_id == parent]
        assert siblings == sorted(siblings)


def test_a_chain_as_long_as_a_thread_can_be_needs_no_recursion():
    chain = [Node(pk, pk - 1 if pk else None) for pk in range(20_000)]
    assert [depth for _, depth in in_reading_order(chain)] == list(range(20_000))


def test_a_comment_whose_parent_is_elsewhere_is_not_lost():
    assert [(node.pk, depth) for node, depth in in_reading_order([Node(5, 4), Node(6, 5)])] == [(5, 0), (6, 1)]
