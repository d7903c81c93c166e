"""That typography and layout change nothing of what an article is found to report, and what they once did.

Every text here is told twice: plainly, and as people really send it.
"""

import random
import textwrap
import time
import unicodedata
from collections.abc import Callable
from datetime import datetime, timezone
from functools import lru_cache

import pytest

from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.view.characters import readable
from pipeline.extraction.view.edits import View
from schemas import Article, Block, BlockKind, Mention, PublishedBasis, check_quotes

TEXTS = (
    "A car bomb exploded near a hospital in Tikrit on Tuesday, killing 14 people and wounding 37, police said.",
    "Gunmen killed eleven villagers near Jos on Monday. A roadside bomb wounded five soldiers in Kirkuk on Sunday.",
    "An airstrike killed 23 people in São Félix camp outside Idlib on Saturday, rescuers said.\n\n"
    "Officials in Damascus confirmed that fighting had wounded 1,250 civilians in Aleppo since Friday.",
    "Two drones hit the Ain al-Asad base in Iraq on Monday, and the Islamic Resistance in Iraq claimed the attack.",
)
IGNORED = {"mention_id", "article_id", "evidence", "confidence", "confidence_parts"}


@lru_cache(maxsize=1)
def extractor() -> RulesExtractor:
    return RulesExtractor()


def mentions(text: str, blocks: tuple[Block, ...] = ()) -> list[Mention]:
    article = Article(
        article_id="a-1", ref="x", text=text, source="S", blocks=blocks,
        published_at=datetime(2023, 11, 15, tzinfo=timezone.utc), published_basis=PublishedBasis.METADATA,
    )  # fmt: skip
    found = [each for each in extractor().extract(article) if isinstance(each, Mention)]
    for each in found:
        check_quotes(each.evidence, text)
    return found


def told(text: str, blocks: tuple[Block, ...] = ()) -> list[dict[str, object]]:
    return [each.model_dump(exclude=IGNORED) for each in mentions(text, blocks)]


def outline(text: str, blocks: tuple[Block, ...] = ()) -> list[tuple[object, ...]]:
    """Return what matters of the mentions: where, which day of the month, how many killed and wounded."""
    return [
        (m.place_name, m.date_earliest.day if m.date_earliest else None, m.killed_best, m.wounded_best)
        for m in mentions(text, blocks)
    ]


def between_letters(mark: str) -> Callable[[str], str]:
    def put(text: str) -> str:
        chance = random.Random(7)  # noqa: S311  # the same marks every time
        return "".join(
            one + mark if one.isalpha() and following.isalpha() and chance.random() < 0.3 else one
            for one, following in zip(text, text[1:] + " ", strict=True)
        )

    return put


def spaced_by(space: str) -> Callable[[str], str]:
    return lambda text: text.replace(" ", space)


DISGUISES: dict[str, Callable[[str], str]] = {
    **{
        f"U+{ord(mark):04X} in words": between_letters(mark)
        for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u202c"
    },
    **{f"U+{ord(space):04X} for spaces": spaced_by(space) for space in "\u00a0\u2009\u202f\u2003\u3000"},
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "ligatures": lambda text: text.replace("fi", "\ufb01").replace("ff", "\ufb00").replace("fl", "\ufb02"),
    "full-width digits": lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text),
    "other hyphens": lambda text: text.replace("-", "\u2011"),
    "thousands by spaces": lambda text: text.replace("1,250", "1\u202f250"),
    "thousands by apostrophes": lambda text: text.replace("1,250", "1'250"),
    "Markdown emphasis": lambda text: text.replace("killing", "**killing**").replace("killed", "*killed*"),
    "Markdown links": lambda text: text.replace("Monday", "[Monday](https://a.example/x)"),
    "quoted-printable": lambda text: "=\n".join(textwrap.wrap(text, 30, drop_whitespace=False)),
    "footnotes": lambda text: text.replace(". ", ".[3] ").replace(".\n", ".¹\n"),
    "HTML's entities": lambda text: text.replace(" people", "&nbsp;people").replace(" and ", " &#97;nd "),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_typography_changes_nothing(text: str, disguise: str) -> None:
    plain = told(text)
    assert plain
    assert told(DISGUISES[disguise](text)) == plain


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [20, 28, 33, 41, 50, 66, 72, 80, 100])
def test_the_width_of_lines_changes_nothing(text: str, width: int) -> None:
    paragraphs = text.split("\n\n")
    wrapped = "\n\n".join(textwrap.fill(each, width, break_on_hyphens=False) for each in paragraphs)
    assert told(wrapped) == told(text)


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "– ", "▪ "])
def test_items_of_a_list_are_read_like_paragraphs(mark: str) -> None:
    facts = [
        "Suicide bomber kills 20 at mosque in Kabul on Sunday",
        "Gunmen kill nine villagers in Kano on Monday",
        "Airstrike kills seven people in Idlib on Saturday",
    ]
    expected = [("Kabul", 12, 20, None), ("Kano", 13, 9, None), ("Idlib", 11, 7, None)]
    assert outline("\n\n".join(f"{fact}." for fact in facts)) == expected
    assert outline("The main incidents:\n\n" + "\n".join(mark + fact for fact in facts)) == expected
    assert outline("The main incidents: " + " • ".join(facts)) in (expected, expected[1:])


def blocks_of(*parts: tuple[BlockKind, str]) -> tuple[str, tuple[Block, ...]]:
    text, blocks = "", []
    for kind, words in parts:
        text += "\n" if text else ""
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(words)))
        text += words
    return text, tuple(blocks)


def test_the_blocks_of_the_source_are_kept_apart() -> None:
    text, blocks = blocks_of(
        (BlockKind.HEADING, "Week in review"),
        (BlockKind.PARAGRAPH, "These were the main incidents, officials said:"),
        (BlockKind.LIST_ITEM, "Bomb kills four in Baquba on Monday"),
        (BlockKind.LIST_ITEM, "Gunmen kill nine in Kano on Sunday"),
        (BlockKind.CAPTION, "File photo of a blast that killed 80 people in Kabul on Saturday"),
        (BlockKind.ASIDE, "Also read: Gunmen kill 30 in Jos on Friday"),
    )
    assert outline(text, blocks) == [("Baqubah", 13, 4, None), ("Kano", 12, 9, None)]


@pytest.mark.parametrize(
    "rows",
    [
        "| Date | Location | Country | Killed | Wounded |\n|---|---|---|---|---|\n"
        "| 14 Nov 2023 | Tikrit | Iraq | 3 | 5 |\n| Sunday | Kano | Nigeria | 12 | - |",
        "Day\tTown\tState\tDead\tInjured\n14 November\tTikrit\tIraq\t3\t5\nSunday\tKano\tNigeria\t12\t",
        "Place      Country    When            Fatalities   Injuries\n"
        "Tikrit     Iraq       14 Nov 2023     3            5\nKano       Nigeria    12 Nov 2023     12           n/a",
    ],
)
def test_a_row_of_a_table_is_an_incident(rows: str) -> None:
    assert outline(f"Incidents of the week\n\n{rows}\n") == [("Tikrit", 14, 3, 5), ("Kano", 12, 12, None)]


def test_a_table_of_something_else_is_none() -> None:
    assert outline("| Party | Seats |\n|---|---|\n| Reds | 12 |\n| Blues | 30 |\n") == []


@pytest.mark.parametrize("end", [".[1] ", ".² ", "… ", ".* ", ".\u200b ", " • ", ".† ", "[4] "])
def test_a_sentence_ends_whatever_mark_it_ends_in(end: str) -> None:
    text = f"Gunmen killed six soldiers in Tikrit on Tuesday{end}A bomb killed two civilians in Baquba on Monday."
    assert outline(text) == [("Tikrit", 14, 6, None), ("Baqubah", 13, 2, None)]


def test_a_place_that_heads_a_block_is_where_it_happened() -> None:
    text = (
        "Kabul\n\nA bomber killed 20 people on Sunday, officials said.\n\nKano\n\nGunmen killed nine people on Monday."
    )
    assert [found[0] for found in outline(text)] == ["Kabul", "Kano"]
    text = (
        "Kabul: A bomber killed 20 people on Sunday, officials said.\n\nKano: Gunmen killed nine villagers on Monday."
    )
    assert [found[0] for found in outline(text)] == ["Kabul", "Kano"]


@pytest.mark.parametrize(
    "note",
    [
        " Correction: An earlier version of this story said 20 soldiers were killed.",
        "\n\nThis article was amended on 16 November 2023 to say that 12, not 20, soldiers were killed.",
        "\n\nAn earlier version of this report gave the number of killed as 20.",
        "\n\nThe post Gunmen kill 20 soldiers in Tikrit appeared first on Portville Post.",
        "\n\nREAD MORE: Suicide bomber kills 20 in Kabul on Sunday",
        "\n\nRelated: Gunmen kill 9 in Kano on Monday",
        "\n\nPhoto: A blast that killed 80 people in Kabul on Saturday / XYZ",
        "\n\nSubscribe to our newsletter: 20 killed in Kabul, and more in your inbox",
        "\n\nThis site uses cookies",
    ],
)
def test_words_about_the_text_are_not_of_the_world(note: str) -> None:
    story = "Gunmen killed 12 soldiers in Tikrit on Tuesday, the ministry said."
    assert told(story + note) == told(story)


@pytest.mark.parametrize(
    "sentence",
    [
        "The post was attacked by gunmen on Monday, killing three soldiers in Tikrit.",
        "Corrections officers were ambushed in Tikrit on Monday, and gunmen killed three.",
        "Video showed gunmen killing three soldiers in Tikrit on Monday.",
        "Related attacks killed three soldiers in Tikrit on Monday.",
    ],
)
def test_what_only_begins_like_a_note_is_read(sentence: str) -> None:
    assert outline(f"The ministry spoke to reporters.\n\n{sentence}")


@pytest.mark.parametrize(
    "text", ["Attacks on 14 200 people said they saw.", "On Route 66 100 people were killed in Tikrit."]
)
def test_two_numbers_are_not_one(text: str) -> None:
    assert all((m.killed_best or 0) < 10_000 for m in mentions(text))


@pytest.mark.parametrize(
    "text", ["", "-", "|\n|", "•\n•", "&#0;&#x110000;", "=\n=\n", "[](x)", "\u200b", "* * *", "In"]
)
def test_odd_texts_are_read_without_a_fault(text: str) -> None:
    mentions(f"{text}x")


@pytest.mark.parametrize("text", ["a" * 20_000, "ab-\ncd " * 3_000, "x" * 10_000 + "-\n" + "y" * 10_000])
def test_long_words_and_many_hyphens_cost_no_square(text: str) -> None:
    started = time.process_time()
    readable(View(text + " x-\ny"))
    assert time.process_time() - started < 2
