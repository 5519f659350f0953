"""How long importing takes and how much memory: `python -m bench.importing`.

Makes its documents and a database of its own in a temporary folder. Memory is the largest that the processes in which documents are read
ever had (pandoc included), and for the folder that of the importing process itself, at its start and at its end.
"""

import io
import os
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

TEXTS = 1_000


def main() -> None:
    """Set up, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "SECRET_KEY": "bench" * 12,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "ERROR",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _measure(Path(folder))


def _measure(folder: Path) -> None:
    from readings.editions import Metadata
    from readings.importing.library import find_sources, import_sources

    for name, data in (
        ("warm.txt", prose(2_000)),
        ("text of 130 KB.txt", prose(130_000)),
        ("book of 5 MB.epub", book(5_000_000)),
    ):
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    print(f"{'what':<40}{'seconds':>9}{'blocks':>9}{'MB':>7}")
    for name in ("text of 130 KB.txt", "book of 5 MB.epub"):
        sources = find_sources([folder / "warm.txt", folder / name], Metadata())
        (folder / "warm.txt").write_text(
            prose(2_000, name)
        )  # another text each time: the same one is not imported twice
        outcomes = import_sources(sources)
        next(outcomes)  # the process that reads is up
        start = time.perf_counter()
        made = next(outcomes)
        seconds = time.perf_counter() - start
        outcomes.close()  # type: ignore[attr-defined]  # a generator
        blocks = sum(sum(entry["counts"].values()) for entry in made.as_json()["readings"])
        print(f"{name:<40}{seconds:>9.2f}{blocks:>9}{_children_mb():>7}  {made.error}")
    _measure_folder(folder / "many")


def _measure_folder(folder: Path) -> None:
    from readings.editions import Metadata
    from readings.importing.library import find_sources, import_sources

    folder.mkdir()
    for number in range(TEXTS):
        (folder / f"{number:04}.txt").write_text(prose(6_000, str(number)))
    times: list[float] = []
    memory: list[int] = []
    start = time.perf_counter()
    for _ in import_sources(find_sources([folder], Metadata())):
        times.append(time.perf_counter() - start)
        memory.append(_own_mb())
    tenth = len(times) // 10
    print(
        f"{TEXTS} texts of 6 KB: {times[-1]:.0f} s; the first tenth {times[tenth]:.1f} s, the last {times[-1] - times[-tenth]:.1f} s; "
        f"memory {memory[tenth]} MB after the first tenth, {memory[-1]} MB at the end"
    )


def prose(size: int, title: str = "A bench") -> str:
    """An invented text of about so many characters."""
    chance = random.Random(title)
    words = [
        "the",
        "ferry",
        "keeper",
        "river",
        "salt",
        "morning",
        "bench",
        "town",
        "letter",
        "bread",
        "lamp",
        "who",
        "wrote",
        "said",
        "under",
        "over",
        "never",
        "twice",
        "again",
    ]
    parts = [f"On {title}"]
    length = 0
    while length < size:
        sentences = [
            " ".join(chance.choices(words, k=chance.randint(6, 24))).capitalize() + "."
            for _ in range(chance.randint(2, 7))
        ]
        parts.append(" ".join(sentences))
        length += len(parts[-1])
    return "\n\n".join(parts)


def book(size: int) -> bytes:
    """An EPUB of about so many bytes, most of them chapters, as it is packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        names = []
        for number, words in enumerate(_chapters(size)):
            names.append(f"c{number}.xhtml")
            paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in words.split("\n\n")[1:])
            archive.writestr(names[-1], f"<html><body><h1>Chapter {number + 1}</h1>{paragraphs}</body></html>")
        items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
        spine = "".join(f'<itemref idref="{name}"/>' for name in names)
        archive.writestr(
            "book.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>',
        )
    return made.getvalue()


def _chapters(size: int) -> Iterator[str]:
    done = 0
    while done < size:
        words = prose(40_000, f"chapter {done}")
        done += len(words)
        yield words


def _children_mb() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def _own_mb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()
