"""Attribute lists are read as Python-Markdown reads them."""

from __future__ import annotations

import re
from html import unescape

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doccheck.base.attributes import Attributes, find_lists, list_at, list_at_end, read_attributes, value_span
from tests.support.sample_project import Project

parts = st.sampled_from(
    [
        ".quoted",
        "#top",
        'data-expr="x}"',
        "data-expr='d[\"a\"]'",
        "tol=1e-3",
        "tol=",
        "word",
        "=",
        '"',
        "}",
        "  ",
        ".a.b",
    ]
)


@settings(max_examples=300)
@given(st.lists(parts, max_size=5), st.sampled_from(["{", "{ ", "{:", "{: "]), st.sampled_from(["}", " }", ""]))
def test_a_list_ends_and_means_what_it_does_in_the_html(given_parts: list[str], opening: str, closing: str) -> None:
    text = f"`x`{opening}{' '.join(given_parts)}{closing} behind"
    html = markdown.markdown(text, extensions=["attr_list"])
    shown = re.match(r"<p><code(?P<attributes>[^>]*)>x</code>(?P<behind>.*)</p>", html, re.S)
    assert shown is not None
    found = list_at(text, 3)
    behind = unescape(shown["behind"])
    # where a brace follows on the same line, Python-Markdown puts what is behind it first
    rest = text[3:] if found is None else text[found[1] :]
    assert sorted(rest.replace(" ", "")) == sorted(behind.replace(" ", ""))
    if found is not None and not found[0].unread:
        own = found[0]
        wanted = dict(own.options)
        wanted |= {"id": own.id} if own.id else {}
        wanted |= {"class": " ".join(own.classes)} if own.classes else {}
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', shown["attributes"]))
        assert {key: unescape(value) for key, value in said.items()} == wanted


@pytest.mark.parametrize(
    ("inside", "attributes"),
    [
        (' #a .b key="c d" ', Attributes("a", ("b",), {"key": "c d"})),
        ("tol=1e-3 class='x y'", Attributes(None, ("x", "y"), {"tol": "1e-3"})),
        ('data-expr="x', Attributes(None, (), {}, 'data-expr="x')),
        (".output = 3", Attributes(None, ("output",), {}, ".output = 3")),
        ("skip .a", Attributes(None, ("a",), {}, "skip")),
    ],
)
def test_what_is_no_attribute_is_named(inside: str, attributes: Attributes) -> None:
    assert read_attributes(inside) == attributes


def test_lists_in_running_text_and_behind_headings() -> None:
    text = "# a {.25, 2} {#id}\n{x} [b](c){ width=3 } {1, 2} {: .k l='}' }\n| a {.b} | f(x){y z} |"
    found = [text[slice(*span)] for span in find_lists(text)]
    assert found == [" {#id}", "{ width=3 }", " {: .k l='}' }", " {.b}", "{y z}"]
    assert list_at_end("The set {1, 2} {#set}") is None  # as in the HTML, which shows both
    assert list_at_end("Title { .big #top }") == (Attributes("top", ("big",)), 5)
    assert list_at_end("Title{#top}") is None


def test_the_place_of_a_value() -> None:
    for quoted in ('"1 3"', "'1 3'"):
        text = f'python title="hl_lines" hl_lines={quoted}'
        assert text[slice(*value_span(text, "hl_lines"))] == "1 3"
    assert value_span('hl_lines=""', "hl_lines") == (10, 10)


def test_an_id_without_a_space_before_it_is_none(project: Project) -> None:
    project.write("s/1.md", "# Title{#top}\n")
    assert project.problems("aa/s/1.md")[0].startswith("pages/aa/s/1.md:1: the heading 'Title{#top}' has no id")
