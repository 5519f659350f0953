"""Languages by script and by common words."""

import pytest

from readings.importing.languages import detect_language
from readings.importing.structure import structure


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The boats are in the harbour and nobody has come to take them out of it."),
        ("de", "Die Boote liegen im Hafen, und niemand ist gekommen, um sie hinauszufahren."),
        ("fr", "Les bateaux sont dans le port et personne ne vient pour les faire sortir."),
        ("es", "Los barcos están en el puerto y nadie viene para sacarlos de allí."),
        ("it", "Le barche sono nel porto e nessuno è venuto per portarle fuori, ma non importa."),
        ("pt", "Os barcos estão no porto e ninguém vem para os levar, mas não faz mal."),
        ("nl", "De boten liggen in de haven en niemand is gekomen om ze naar buiten te varen."),
        ("sv", "Båtarna ligger i hamnen och ingen har kommit för att ta dem ut på havet."),
        ("pl", "Łodzie są w porcie i nikt nie przyszedł, że już po nich do domu z morza."),
        ("tr", "Tekneler limanda ve bir tek kişi bile gelmedi; bu da çok güzel ama ne için?"),
        ("ru", "Лодки стоят в гавани, и никто не пришёл."),
        ("uk", "Човни стоять у гавані, і ніхто не прийшов її відчинити."),
        ("el", "Τα πλοία είναι στο λιμάνι."),
        ("ar", "السفن في الميناء ولم يأت أحد."),
        ("he", "הסירות בנמל ואיש לא בא."),
        ("zh", "船在港口，没有人来。"),
        ("ja", "船は港にあり、誰も来ない。"),
        ("ko", "배는 항구에 있고 아무도 오지 않는다."),
        ("hi", "नावें बंदरगाह में हैं।"),
    ],
)
def test_a_language_is_known_by_a_sentence(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_a_block_in_another_language_says_so() -> None:
    english = "The boats are in the harbour and nobody has come to take them out of it, which is what we wanted. " * 2
    german = "Die Boote liegen im Hafen, und niemand ist gekommen, um sie hinauszufahren, denn es ist Streik, und der Wind ist nicht gut. "
    (work,) = structure(f"Boats\n\n{english}\n\n{german}\n\n{english}")
    assert work.language == "en"
    assert [block.language for block in work.blocks] == [None, None, "de", None]


def test_chinese_lines_join_without_a_space() -> None:
    lines = [
        "城里最后一班车是十二点半，可是真正的最后一班车没有写在牌子上它",
        "从纺织厂门口开出，接下夜班的人，司机不收钱，也不问路，因为坐车的",
        "人他都认识。",
    ]
    (work,) = structure("\n".join(lines))
    assert [block.text for block in work.blocks] == ["".join(lines)]
