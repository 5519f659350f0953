"""Damage undone, and what only looks like damage left alone."""

import pytest

from readings.importing.repair import repair


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("itâ€™s the cafÃ©", "it’s the café"),
        ("Marsh &amp; Sons", "Marsh & Sons"),
        ("&ldquo;Yes&rdquo; &mdash; no&hellip;", "“Yes” — no…"),
        ("the last word.&rdqu", "the last word.”"),
        ("the last word.&rdqu\nNext line", "the last word.”\nNext line"),
        ("she said &ldq\nuo;never", "she said “\nnever"),
        ("one&nbsp;two", "one\u00a0two"),
        ("&amp;ldquo;twice&amp;rdquo;", "“twice”"),
        ("&#8217;tis &#x2014; so", "’tis — so"),
        ("&ldquo without its sign", "“ without its sign"),
    ],
)
def test_damage_is_undone(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Write `&amp;` for an ampersand.",
        "In HTML, &lt; stands for a smaller-than sign.",
        "<a href='?a=1&amp;b=2'>x</a>",
        "https://example.org/?a=1&copy=2&section=3",
        "AT&T and R&D",
        "Søren, Łódź, São Paulo, naïve",
        "if (a && b) { return &value; }",
        "Ângela âgée",
    ],
)
def test_what_may_be_meant_is_left_alone(text: str) -> None:
    assert repair(text) == text
