"""Languages and the direction they are written in. Plain Python."""

RIGHT_TO_LEFT = frozenset(
    {
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "he",
        "iw",
        "khw",
        "ks",
        "ku-arab",
        "nqo",
        "pa-arab",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    }
)

WITHOUT_SPACES = frozenset({"ja", "km", "lo", "my", "th", "zh"})
"""Languages whose words are not set apart by spaces."""


def direction_of(language: str) -> str:
    """ "rtl" or "ltr" for a BCP 47 tag, after its language and script subtags."""
    subtags = language.lower().split("-")
    if "latn" in subtags or "cyrl" in subtags:
        return "ltr"
    rtl = subtags[0] in RIGHT_TO_LEFT or "-".join(subtags[:2]) in RIGHT_TO_LEFT or bool({"arab", "hebr"} & set(subtags))
    return "rtl" if rtl else "ltr"


def count_words(text: str, language: str) -> int:
    """How many words a person reads here. Where no spaces part the words, two characters count as one."""
    if language.lower().split("-")[0] in WITHOUT_SPACES:
        return (len(text) + 1) // 2
    return len(text.split())
