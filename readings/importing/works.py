"""Where one work ends and the next begins in a document that holds several."""

from collections import Counter

from readings.importing import signs
from readings.importing.frontmatter import spelled_small, starts_work
from readings.importing.names import is_bare_name, read_byline
from readings.importing.pieces import Piece

_LEAST_BODY = 2  # paragraphs that a work has at the least


def split_works(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of each work. A work begins where a wide gap or a new page comes before a title with its own front."""
    usual = Counter(piece.gap for piece in pieces[1:]).most_common(1)[0][0] if len(pieces) > 1 else 0
    small = spelled_small(pieces)
    like_first = len(pieces) > 1 and (is_bare_name(pieces[1].text, small) or bool(read_byline(pieces[1].text)))
    works: list[list[Piece]] = [[]]
    for index, piece in enumerate(pieces):
        apart = piece.gap >= max(2, usual + 1) or piece.lines[0].new_page
        if (
            apart
            and _has_body(works[-1][:200])
            and _has_body(pieces[index + 1 : index + 200])
            and starts_work(pieces, index, small, like_first)
        ):
            works.append([])
        works[-1].append(piece)
    return works


def _has_body(pieces: list[Piece]) -> bool:
    paragraphs = 0
    for piece in pieces:
        paragraphs += (len(piece.text) > 80 and signs.ends_sentence(piece.text)) or len(piece.text) > 400
        if paragraphs >= _LEAST_BODY:
            return True
    return False
