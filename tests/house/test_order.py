"""The apps stand in one order, and nothing points up: imports (import-linter, in `make lint`), foreign keys, templates."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["common", "accounts", "readings", "discussions", "moderation", "api", "config"]
TEMPLATES = sorted(path for app in ORDER for path in (ROOT / app).glob("templates/**/*.html"))
MAILS = sorted(path for app in ORDER for path in (ROOT / app).glob("templates/**/*.txt"))
SCRIPTS = sorted(path for app in ORDER for path in (ROOT / app).glob("static/**/*.js"))


def test_no_foreign_key_points_up():
    for model in apps.get_models():
        if (here := model._meta.app_label) in ORDER:
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete and field.related_model:
                    there = field.related_model._meta.app_label
                    assert there not in ORDER or ORDER.index(there) <= ORDER.index(here), (
                        f"{model.__name__}.{field.name}"
                    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_names_an_address_of_an_app_above_it(path):
    here = path.relative_to(ROOT).parts[0]
    # base.html is everyone's frame: it names the shelf, the sign-in pages and the demo's mail, and nothing else from above.
    for name in re.findall(r"{% url '([a-z-]+):", path.read_text()):
        owner = {
            "readings": "discussions",
            "imports": "readings",
            "readings-pictures": "readings",
            "series": "readings",
        }.get(name, name)
        assert ORDER.index(owner) <= ORDER.index(here) or (name == "readings" and here in {"common", "readings"}), name


class Page(HTMLParser):
    """Collects what a person would read or hear, and what the Content-Security-Policy would refuse."""

    SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-failed", "data-offline")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inline: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag, attrs):
        self.skipping += tag in {"script", "style"}
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.inline.append(tag)
        for name, value in attrs:
            if name in self.SPOKEN and value:
                self.words.append(value)
            if name == "style" or name.startswith(("on", "hx-on")):
                self.inline.append(f"{tag} {name}")

    def handle_endtag(self, tag):
        self.skipping -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.skipping:
            self.words.append(data)


def look_at(path: Path) -> Page:
    """The template without its tags, comments and what is marked for translation."""
    text = path.read_text()
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    page = Page()
    page.feed(text)
    return page


@pytest.mark.parametrize("path", TEMPLATES + MAILS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_word_on_a_page_or_in_a_mail_is_marked_for_translation(path):
    words = (
        " ".join(look_at(path).words).replace("Colloquy", "").replace("OpenAPI", "")
    )  # names are the same in every language
    assert not re.search(r"[^\W\d_]{2,}", words), words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_inline_script_or_style(path):
    assert look_at(path).inline == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_template_can_be_read(path):
    engines["django"].engine.get_template(str(path.relative_to(ROOT)).split("/templates/")[1])


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_script_makes_html_of_words(path):
    assert not re.search(
        r"(inner|outer)HTML\s*\+?=|insertAdjacentHTML|document\.write|\beval\b|new Function", path.read_text()
    )
