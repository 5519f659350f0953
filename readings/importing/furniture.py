"""Site furniture: what stood around the text on the page it was saved from. Dropped with a reason, never deleted.

A line goes only where its whole wording is that of furniture and it stands near the head or foot of the document. Words that could
be anything ("Home", "Print") need the company of other furniture.
"""

import re
from dataclasses import dataclass

from readings.importing import dates, names, signs
from readings.importing.document import Dropped
from readings.importing.lines import Line, without

_HEAD_LINES = 30
_FOOT_LINES = 50
_LONGEST = 300  # characters of a line of furniture

_NETWORK = (
    r"(?:facebook|twitter|x|linked ?in|whats ?app|telegram|reddit|pinterest|tumblr|mastodon|bluesky|instagram|you ?tube|pocket|"
    r"threads|e-?mail|print|copy link|rss|vk|tik ?tok|messenger|flipboard|hacker news|more)"
)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE)


_CERTAIN = (
    (
        "navigation",
        _whole(
            r"(?:skip|jump|zum|aller|saltar|ir|passa|vai) (?:to |al? |zum |au |directly to )*(?:main |the |primary )*"
            r"(?:content|contenu|contenido|contenuto|conteúdo|inhalt|navigation|search|footer|sidebar)(?: springen| principal)?"
            r"|(?:toggle|open|close|show|hide|main|primary|site) (?:the )?(?:navigation|menu|search|sidebar)(?: menu)?"
            r"|(?:back|return|go) to (?:the )?(?:top|home ?page|home|all \w+|main page|previous page|blog|news|search|issue|index)"
            r"(?: of page)?|you are here:?.{0,120}|(?:home|start|accueil|inicio|startseite) ?[>»›/|→].{1,150}"
            r"|[←«‹<]+ ?(?:previous|older|back|prev|next|newer)\b.{0,100}|(?:next|newer|previous|older)\b.{0,40}[→»›>]+"
            r"|(?:previous|next|older|newer) (?:post|article|story|entry|posts|entries|page|chapter|issue)s?(?:: ?.{0,120})?"
            r"|view all|view all posts(?: by .{0,60})?|search for:?|search this site.{0,20}|search \.\.\.|menu menu"
        ),
    ),
    (
        "share-links",
        _whole(
            r"share (?:this|via|on|with|to|article|post|story|page)\b.{0,60}|share:.{0,80}|tweet this.{0,20}"
            rf"|(?:share|post|tweet|save|pin|send|follow us|find us|like us|like this)(?: this)? ?(?:on|to|via|by|in|with)? ?:? ?{_NETWORK}"
            r"|(?:click to )?(?:share|e-?mail|print|tweet).{0,60}\(opens in new window\).{0,40}|like this:|like loading.{0,5}"
            r"|(?:print|e-?mail|save|download|copy|bookmark) (?:this|the)? ?(?:page|article|post|link|story|as pdf|pdf|to a friend)"
            rf"|{_NETWORK}(?:[ ,|/·•]+{_NETWORK})+|printer[- ]friendly(?: version)?|teilen|partager|compartir|condividi"
        ),
    ),
    (
        "subscribe",
        _whole(
            r"subscribe(?: now| here| today| to .{1,80}| for .{1,80}| via .{1,40})?[.!]?|sign[- ]?up (?:for|to) .{1,100}|newsletter sign-?up"
            r"|(?:get|join|receive) (?:our|the) .{0,40}(?:newsletter|mailing list).{0,60}|(?:your )?e-?mail address:?\*?"
            r"|already a (?:member|subscriber)\?.{0,40}|enter your e-?mail.{0,80}"
        ),
    ),
    (
        "donate",
        _whole(
            r"(?:please )?donate(?: now| today| here| to .{1,60})?[.!]?|(?:please )?support (?:us|our work|independent .{1,40})\b.{0,60}"
            r"|make a (?:donation|gift).{0,60}|become a (?:member|patron|supporter|sustainer|subscriber)\b.{0,60}|buy me a coffee.{0,40}"
        ),
    ),
    (
        "comments",
        _whole(
            r"leave (?:a|your) (?:comment|reply|response).{0,60}|(?:\d{1,5}|no|one) (?:comments?|responses?|replies)(?: (?:on|to|yet).{0,120})?"
            r"|comments (?:are )?(?:closed|off|disabled).{0,40}|(?:post|add|write|submit) (?:a |your )?comment|cancel reply"
            r"|(?:log|sign) in to (?:comment|reply|leave a comment).{0,40}|you must be logged in.{0,60}|join the (?:conversation|discussion)"
            r"|comments? ?[(\[]\d{1,5}[)\]]|your e-?mail address will not be published.{0,80}|required fields are marked.{0,10}"
        ),
    ),
    (
        "related",
        _whole(
            r"(?:related|recent|popular|latest|similar|recommended|trending|featured) (?:posts?|articles?|stories|reading|content|news|topics)"
            r":?|you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,40}|most (?:read|popular|viewed|shared)|read (?:next|also)(?:: ?.{0,150})?"
            r"|more (?:from|by) (?:this|the|our|same) .{1,60}|more (?:stories|articles|posts)(?: .{1,40})?|more like this"
            r"|(?:continue reading|read more)(?: ?[:→»].{0,150}|\.{3}|…)?"
        ),
    ),
    (
        "page-details",
        _whole(
            r"(?:tags?|tagged|categor(?:y|ies)|filed under|posted in|filed in|topics?|keywords and tags|labels?) ?: .{1,200}|tagged (?:with|in|as) .{1,150}"
            r"|posted in .{1,80}|(?:estimated )?reading time:? .{1,30}|\d{1,3} ?min(?:ute)?s?\.? read|(?:listen to|hear) this (?:article|story).{0,40}"
            r"|advertisements?|sponsored(?: content)?|story continues below.{0,40}|(?:pdf|epub) version|download (?:pdf|as pdf|the pdf)"
            r"|last (?:updated|modified|edited)(?: on)?:? .{1,60}|\d{1,9} (?:views|shares|likes)"
        ),
    ),
    (
        "copyright",
        _whole(
            r"(?:copyright )?(?:©|\(c\)) ?.{0,120}|copyright (?:\d{4}|by )\b.{0,120}|all rights reserved\.?.{0,80}|powered by .{1,60}|proudly powered by.{0,60}"
            r"|privacy policy.{0,80}|terms (?:of (?:use|service)|and conditions|& conditions).{0,80}|cookie (?:policy|settings|preferences|notice)"
            r"|(?:we|this (?:web)?site) uses? cookies.{0,200}|accept (?:all|cookies|all cookies)|manage (?:cookies|consent|preferences)"
            r"|unsubscribe.{0,60}|designed by .{1,60}|theme:? .{1,40} by .{1,40}"
        ),
    ),
)

_COMMON = _whole(
    rf"home|menu|search|about(?: us)?|contact(?: us)?|log ?in|sign ?in|log ?out|register|join(?: us)?|{_NETWORK}|shop|store|archives?|blog|news"
    r"|events|donate|subscribe|share|tweet|follow(?: us)?|faq|help|print|close|comments?|tags?|newsletter|podcasts?|videos?|magazine"
    r"|issues?|authors?|categories|sections?|topics|privacy|terms|cookies|imprint|impressum|kontakt|suche|recherche|buscar|menü|menú|login"
    r"|en|de|fr|es|english|español|français|deutsch|italiano|português|reply|report|like|save|listen|loading\.{0,3}|next|previous|top|more"
)

_APPEAL = re.compile(
    r"\b(?:support (?:our|this|us)\b|donat(?:e|ing|ions?)\b|subscrib(?:e|ing)\b|newsletter|contact us|write to us|get in touch|follow us|"
    r"join (?:us|our)\b|sign up|become a (?:member|patron|subscriber)|patreon|hear what you think|let us know|share this|"
    r"mailing list|if you (?:liked|enjoyed|like|enjoy|found)|if you(?:'|’)ve enjoyed|e-?mail us|leave a comment|republish)",
    re.IGNORECASE,
)
_OPENS_AUTHOR_BOX = re.compile(
    r"(?P<name>.{2,60}?) view all(?: posts)?|view all posts by (?P<by>.{2,60})|about (?:the )?(?:author|writer)s?:?",
    re.IGNORECASE,
)
_OPENS_REST = re.compile(
    r"(?:leave (?:a|your) (?:comment|reply|response)|(?:\d{1,5}|no|one) (?:comments?|responses?|replies)(?: (?:on|to|yet).{0,120})?|comments? ?[(\[]\d{1,5}[)\]]"
    r"|(?:related|recent|popular|latest|recommended|trending) (?:posts?|articles?|stories|content|reading):?|you (?:may|might) also (?:like|enjoy).{0,40}"
    r"|most (?:read|popular)|more (?:stories|articles|posts)(?: .{1,40})?)",
    re.IGNORECASE,
)

_SECTION_LABEL = _whole(
    r"opinion|interviews?|reviews?|essays?|reports?|features?|analysis|news|commentary|editorial|culture|politics|economy|history|theory|books?|arts?|world|international|society|long reads?|perspectives?|debate"
)
_GUTENBERG_START = re.compile(r"\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG.{0,200}", re.IGNORECASE)
_GUTENBERG_END = re.compile(
    r"\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG.{0,200}|End of (?:the )?Project Gutenberg.{0,200}", re.IGNORECASE
)
_PRODUCED = re.compile(r"(?:produced|prepared|transcribed|e-?text prepared|digitized) by .{1,200}", re.IGNORECASE)


@dataclass(slots=True)
class Cleared:
    """The lines of the text, what was taken away, and the author whom an author box named (with the line it stood in)."""

    lines: list[Line]
    dropped: list[Dropped]
    author: tuple[str, Line] | None = None


def clear_furniture(lines: list[Line]) -> Cleared:
    """Take away the furniture at head and foot."""
    reasons: dict[int, str] = {}
    _mark_gutenberg(lines, reasons)
    author = _mark_author_box(lines, reasons)
    _mark_rest(lines, reasons)
    _mark_certain(lines, reasons)
    _mark_common(lines, reasons)
    _mark_appeals(lines, reasons)
    _mark_site_name(lines, reasons)
    _mark_section_label(lines, reasons)
    dropped = [Dropped(lines[index].text, reasons[index], (lines[index].number,) * 2) for index in sorted(reasons)]
    if author is not None:
        dropped = [_less_name(drop, author) for drop in dropped]
    return Cleared(without(lines, set(reasons)), [drop for drop in dropped if drop.text], author)


def _less_name(drop: Dropped, author: tuple[str, Line]) -> Dropped:
    name, line = author
    if drop.lines != (line.number, line.number) or name not in drop.text:
        return drop
    return Dropped(drop.text.replace(name, "", 1).strip(), drop.reason, drop.lines)


def _near_ends(count: int) -> list[int]:
    return [index for index in range(count) if index < _HEAD_LINES or index >= count - _FOOT_LINES]


def _reason(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    return next((reason for reason, pattern in _CERTAIN if pattern.fullmatch(text)), "")


def _mark_certain(lines: list[Line], reasons: dict[int, str]) -> None:
    for index in _near_ends(len(lines)):
        if index not in reasons and (reason := _reason(lines[index].text)):
            reasons[index] = reason


def _mark_common(lines: list[Line], reasons: dict[int, str]) -> None:
    """Words of menus go where they stand next to other furniture, or three or more together."""
    zone = [index for index in _near_ends(len(lines)) if index in reasons or _COMMON.fullmatch(lines[index].text[:40])]
    run: list[int] = []
    for index in [*zone, -1]:
        if run and index == run[-1] + 1:
            run.append(index)
            continue
        if any(member in reasons for member in run) or len(run) >= 3:
            for member in run:
                reasons.setdefault(member, "navigation")
        run = [index]


def _mark_appeals(lines: list[Line], reasons: dict[int, str]) -> None:
    """Requests to give, write or subscribe, where nothing but furniture comes after them."""
    index = len(lines) - 1
    while index > 0 and index >= len(lines) - _FOOT_LINES:
        text = lines[index].text
        if index not in reasons:
            if len(text) > _LONGEST or not _APPEAL.search(text) or signs.count_sentences(text) > 2:
                return
            reasons[index] = "appeal"
        index -= 1


def _mark_site_name(lines: list[Line], reasons: dict[int, str]) -> None:
    """The name of the site at its head, known from the copyright at its foot."""
    rights = [
        lines[index].text
        for index in reasons
        if 2 * index > len(lines) and re.search("©|copyright", lines[index].text, re.IGNORECASE)
    ]
    head = [index for index in range(min(12, len(lines))) if index not in reasons][:2]
    for index in head[:1]:
        name = lines[index].text
        if 3 < len(name) < 60 and any(re.search(rf"[0-9] {re.escape(name)}(?:\W|$)", right) for right in rights):
            reasons[index] = "site-name"
            _mark_tagline(lines, head[1:], reasons)


def _mark_section_label(lines: list[Line], reasons: dict[int, str]) -> None:
    """The section of a paper over the title: known words, and within three lines below a byline follows."""
    head = [index for index in range(min(20, len(lines))) if index not in reasons][:5]
    if len(head) < 4 or not _SECTION_LABEL.fullmatch(lines[head[0]].text[:40]):
        return
    if len(lines[head[1]].text) < 150 and any(names.read_byline(lines[index].text) for index in head[2:]):
        reasons[head[0]] = "section-label"


def _mark_tagline(lines: list[Line], indexes: list[int], reasons: dict[int, str]) -> None:
    """The line below the site's name, where after it a title with its byline or date still follows."""
    for index in indexes:
        later = [line.text for line in lines[index + 1 : index + 12]]
        if (
            len(later) > 2
            and len(lines[index].text) < 80
            and len(later[0]) < 150
            and (names.read_byline(later[1]) or dates.is_date(later[1]))
        ) and not (names.read_byline(later[0]) or dates.is_date(later[0])):
            reasons[index] = "site-name"


def _mark_author_box(lines: list[Line], reasons: dict[int, str]) -> tuple[str, Line] | None:
    """The box about the author that follows an article on many sites: its header and a short life."""
    for index in range(max(1, len(lines) - _FOOT_LINES), len(lines)):
        found = _OPENS_AUTHOR_BOX.fullmatch(lines[index].text[:120])
        if not found:
            continue
        rest = [line for line in lines[index + 1 :] if not _reason(line.text)]
        name = (found["name"] or found["by"] or "").strip()
        if name and not signs.is_title_case(name):
            continue
        for later in range(index, len(lines)):
            if later > index and (
                len(lines[later].text) > 1200 or later > index + 2 or _opens_notes(lines[later].text)
            ):
                break
            if later > index + 1 and not lines[later].text.startswith(name or "\0"):
                break
            reasons[later] = "author-box"
        return (name, lines[index]) if name and len(rest) < _FOOT_LINES else None
    return None


def _opens_notes(text: str) -> bool:
    return bool(re.match(r"(?:foot|end)?notes?\b|references\b|\[?\(?1[.\])]", text[:20], re.IGNORECASE))


def _mark_rest(lines: list[Line], reasons: dict[int, str]) -> None:
    """From a header such as "Related posts" or "3 comments" on, nothing belongs to the text any more."""
    for index in range(max(2, (2 * len(lines)) // 3), len(lines)):
        if _OPENS_REST.fullmatch(lines[index].text[:160]) and not any(
            _opens_notes(line.text) for line in lines[index + 1 :]
        ):
            for later in range(index, len(lines)):
                reasons.setdefault(later, "related" if "omment" not in lines[index].text else "comments")
            return


def _mark_gutenberg(lines: list[Line], reasons: dict[int, str]) -> None:
    start = next((index for index, line in enumerate(lines[:200]) if _GUTENBERG_START.match(line.text[:260])), None)
    end = next(
        (index for index, line in enumerate(lines) if line.text[:1] in "*E" and _GUTENBERG_END.match(line.text[:260])),
        None,
    )
    if start is not None:
        reasons.update(dict.fromkeys(range(start + 1), "licence"))
        for index in range(start + 1, min(start + 6, len(lines))):
            if _PRODUCED.fullmatch(lines[index].text[:220]):
                reasons[index] = "production-credit"
    if end is not None and end > (start or 0):
        reasons.update(dict.fromkeys(range(end, len(lines)), "licence"))
