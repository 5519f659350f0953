"""Several people, or one impatient one, at the same moment: on the running demo, with connections of their own."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

PLACE = "/readings/the-public-bench/2"


@dataclass(frozen=True)
class Someone:
    """A signed-in member without a browser."""

    site: str
    opener: urllib.request.OpenerDirector

    def get(self, path: str) -> str:
        return self.opener.open(self.site + path, timeout=60).read().decode()

    def post(self, path: str, **fields: str) -> int:
        data = urllib.parse.urlencode(fields).encode()
        try:
            return int(self.opener.open(self.site + path, data, timeout=60).status)
        except urllib.error.HTTPError as error:
            return error.code

    def hidden(self, path: str, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]+)"', self.get(path))
        assert found
        return found[1]


@pytest.fixture
def sign_in(site: str) -> Callable[[tuple[str, str]], Someone]:
    def make(login: tuple[str, str]) -> Someone:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        someone = Someone(site, urllib.request.build_opener(cookies))
        token = someone.hidden("/accounts/login/", "csrfmiddlewaretoken")
        someone.post("/accounts/login/", csrfmiddlewaretoken=token, login=login[0], password=login[1])
        assert "Sign out" in someone.get("/readings/")
        return someone

    return make


def test_the_same_form_sent_eight_times_at_once_posts_once(sign_in, member_login):
    rosa = sign_in(member_login)
    sent = {
        "csrfmiddlewaretoken": rosa.hidden(PLACE, "csrfmiddlewaretoken"),
        "submission": rosa.hidden(PLACE, "submission"),
        "source": "Sent by a nervous finger.",
    }
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: rosa.post(f"{PLACE}/threads/", **sent), range(8)))
    assert answers == [200] * 8
    assert rosa.get(PLACE).count("<p>Sent by a nervous finger.</p>") == 1


def test_nothing_is_lost_when_many_post_at_once(sign_in, member_login, moderator_login):
    people = [sign_in(member_login), sign_in(moderator_login)]
    tokens = [person.hidden(PLACE, "csrfmiddlewaretoken") for person in people]

    def post(number: int) -> int:
        person, token = people[number % 2], tokens[number % 2]
        return person.post(f"{PLACE}/threads/", csrfmiddlewaretoken=token, source=f"Voice number {number:02}.")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(post, range(12))) == [200] * 12
    page = people[0].get(PLACE)
    assert sorted(set(re.findall(r"<p>(Voice number \d\d)\.</p>", page))) == [
        f"Voice number {number:02}" for number in range(12)
    ]


def test_of_two_moderators_at_once_one_acts_and_the_log_has_one_line(sign_in, member_login, moderator_login):
    rosa = sign_in(member_login)
    rosa.post(
        f"{PLACE}/threads/", csrfmiddlewaretoken=rosa.hidden(PLACE, "csrfmiddlewaretoken"), source="To be hidden once."
    )
    token = re.search(r'id="c-(\w+)"(?:(?!id="c-).)*To be hidden once', rosa.get(PLACE), re.DOTALL)
    assert token
    moderators = [sign_in(moderator_login) for _ in range(4)]
    path = f"/moderation/comments/{token[1]}/hide/"
    sent = [(person, person.hidden(path, "csrfmiddlewaretoken")) for person in moderators]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda one: one[0].post(path, csrfmiddlewaretoken=one[1], reason="Hidden at once"), sent)
    assert sorted(answers) == [200, 403, 403, 403]
    assert rosa.get("/moderation/log/").count("Hidden at once") == 1
