import pytest

from pipeline.extraction.actors.persons import find_persons


@pytest.mark.parametrize(
    ("text", "name", "words", "suspect"),
    [
        ("Ann Lee, 14, of Traer, was taken to a hospital.", "Ann Lee", "Ann Lee, 14", False),
        ("They mourn 14-year-old Ann Lee.", "Ann Lee", "14-year-old Ann Lee", False),
        ("Police Chief Ann Lee was shot dead on Monday.", "Ann Lee", "Ann Lee", False),
        ("The victim was identified as Carl B. Stone Jr.", "Carl B. Stone Jr", "Carl B. Stone Jr", False),
        ("Carl Stone, who lived nearby, was arrested.", "Carl Stone", "Carl Stone", True),
        ("Carl Stone, 40, was charged with murder.", "Carl Stone", "Carl Stone, 40", True),
        ("A suspect, Carl Stone, fled. Carl Stone was killed.", "Carl Stone", "Carl Stone", False),
        ("Gunmen killed Abdel al-Rahman in his car.", "Abdel al-Rahman", "Abdel al-Rahman", False),
        ("A 14-year-old girl was hit.", "14-year-old girl", "14-year-old girl", False),
        ("The fourteen-year-old boy died.", "14-year-old boy", "fourteen-year-old boy", False),
        ("A 13-year-old boy shot dead eight pupils.", "13-year-old boy", "13-year-old boy", True),
        ("A 13-year-old boy shot in the leg was found.", "13-year-old boy", "13-year-old boy", False),
        ("Carl Stone, accused of the raid, fled.", "Carl Stone", "Carl Stone", True),
    ],
)
def test_victims_and_suspects(text: str, name: str, words: str, suspect: bool) -> None:
    found = next(person for person in find_persons(text) if person.name == name)
    assert (found.span.text, found.suspect) == (words, suspect)
    assert text[found.span.start : found.span.end] == words
    assert found.named == (not name[0].isdigit())


@pytest.mark.parametrize(
    "text",
    [
        "Sheriff Ann Lee said the road was closed.",
        "Ann Lee, a witness, heard shots.",
        "The Islamic State was killed off in Mosul District, 20 miles away.",
        "Elgin Middle School, 14 miles away, was closed on Monday, 12 March.",
        "GUNMEN KILLED JOHN DOE, 14, IN BOGOTA.",
        "Russia's Stavropol was shelled.",
        "Carl Stone accused Iran of the raid.",
        "He was 14 years old, and a 999-year-old tree fell.",
    ],
)
def test_who_is_nobody_that_something_became_of(text: str) -> None:
    assert find_persons(text) == []


def test_each_is_named_once_where_they_are_first_named() -> None:
    text = "Ann Lee, 14, was shot. Carl Stone was arrested. Friends of Ann Lee, 14, wept."
    assert [(person.name, person.span.start) for person in find_persons(text)] == [("Ann Lee", 0), ("Carl Stone", 23)]
    assert [person.surname for person in find_persons(text)] == ["Lee", "Stone"]
