"""Articles that are edited: what is still reported keeps its names, and what an analyst has ruled holds."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.linking.rulings import Overrides
from pipeline.linking.settings import Setting
from pipeline.records.identity import reading_of
from pipeline.sources.copies import fingerprint_of
from pipeline.sources.document import Document, articles_of
from schemas import Article, Mention, Tally
from schemas.base import Record
from tests.support.databases import rows
from tests.support.workspaces import run

PUBLISHED = datetime(2023, 11, 15, 6, tzinfo=timezone.utc)
FIRST, SECOND = (PUBLISHED + timedelta(hours=hours) for hours in (1, 2))
PLACES = (
    "Mosul, Iraq", "Kirkuk, Iraq", "Baquba, Iraq", "Kandahar, Afghanistan", "Herat, Afghanistan", "Aleppo, Syria",
    "Homs, Syria", "Maiduguri, Nigeria", "Kano, Nigeria", "Mogadishu, Somalia", "Quetta, Pakistan", "Karachi, Pakistan",
)  # fmt: skip
DEEDS = (
    "A car bomb exploded outside a market in {place} on {day} November 2023, killing {killed} people and wounding 31, "
    "police said.",
    "Gunmen shot dead {killed} soldiers at a checkpoint in {place} on {day} November 2023, officials said.",
    "A rocket hit a hospital in {place} on {day} November 2023 and {killed} patients were killed.",
)
FILLERS = (
    "Shops in the old town opened again the next morning, and buses ran as usual.",
    "The governor is expected to speak to reporters later this week about the budget.",
    "Residents said that the electricity had been restored in most of the district.",
    "The weather service expects rain and strong winds from the north in the coming days.",
)


class Page(NamedTuple):
    """An article as its publisher shows it: what happened, between other paragraphs."""

    deed: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join((*self.before, self.deed, *self.after))


Edit = Callable[[Page], str]


def spaced(page: Page) -> str:
    return page.text.replace(" ", "  ").replace("\n\n", "\n \n\n") + "\n"


def with_unseen(page: Page) -> str:
    return "\ufeff" + page.text.replace("people", "peo\u00adple").replace(". ", ".\u200b ")


def counted(number: int) -> Edit:
    return lambda page: f"{page.text}\n\n{number:,} views | Updated {number % 50 + 2} minutes ago\nShare"


def mistyped(place: int) -> Edit:
    def edit(page: Page) -> str:
        words = (page.after or page.before or ("",))[0].split(" ")
        at = place % len(words)
        words[at] = words[at][1:2] + words[at][:1] + words[at][2:]
        changed = " ".join(words)
        return "\n\n".join((*page.before, page.deed, changed)) if page.after else f"{changed}\n\n{page.deed}"

    return edit


def with_paragraph(text: str, on_top: bool) -> Edit:
    return lambda page: f"{text}\n\n{page.text}" if on_top else f"{page.text}\n\n{text}"


fillers = st.lists(st.sampled_from(FILLERS), max_size=2, unique=True).map(tuple)
deeds = st.builds(
    lambda deed, place, day, killed: deed.format(place=place, day=day, killed=killed),
    st.sampled_from(DEEDS), st.sampled_from(PLACES), st.integers(1, 14), st.integers(2, 60),
)  # fmt: skip
pages = st.builds(Page, deeds, fillers, fillers)
edits = st.one_of(
    st.just(spaced),
    st.just(with_unseen),
    st.builds(counted, st.integers(1, 99_999)),
    st.builds(mistyped, st.integers(0, 20)),
    st.builds(with_paragraph, st.sampled_from(FILLERS), st.booleans()),
)


class Poll:
    """A poll of pages, each by its number, and what it comes to in a database."""

    extractor = RulesExtractor()

    def __init__(self, texts: list[str], obtained: datetime, known: frozenset[str] = frozenset()) -> None:
        made = [self._article(f"https://news.test/{n}", text, obtained) for n, text in enumerate(texts)]
        self.articles = [article for article in made if article.article_id not in known]
        self.reports = {article.ref: self.extractor.extract(article) for article in self.articles}

    @staticmethod
    def _article(url: str, text: str, obtained: datetime) -> Article:
        document = Document(ref=url, name=url, folder="news", text=text, url=url, published_at=PUBLISHED)
        (article,) = articles_of(document, obtained)
        assert isinstance(article, Article)
        return article

    @property
    def records(self) -> list[Record]:
        reports: list[Mention | Tally] = [report for told in self.reports.values() for report in told]
        return [*self.articles, *map(fingerprint_of, self.articles), *reports]

    def readings(self) -> dict[str, list[str]]:
        return {ref: sorted(map(reading_of, reports)) for ref, reports in self.reports.items()}


def incidents(database: Path) -> dict[str, list[str]]:
    links = "mentions JOIN incident_mentions USING (mention_id)"
    query = f"SELECT ref, list(incident_id ORDER BY incident_id) FROM {links} GROUP BY ref"
    return dict(rows(database, query))


def check_edits(folder: Path, edited: list[tuple[Page, Edit]]) -> None:
    database = folder / "incidents.duckdb"
    first = Poll([page.text for page, _ in edited], FIRST)
    run(database, folder / "1", *first.records)
    before = incidents(database)
    named = sorted({name for names in before.values() for name in names})
    rulings = Overrides(set=tuple(Setting(id=name, field="killed_best", value=77) for name in named))
    run(database, folder / "2", overrides=rulings)

    known = frozenset(article.article_id for article in first.articles)
    second = Poll([edit(page) for page, edit in edited], SECOND, known)
    run(database, folder / "3", *second.records, overrides=rulings)
    after, was = incidents(database), first.readings()
    same = [ref for ref in was if second.readings().get(ref, was[ref]) == was[ref]]
    assert len(same) > len(was) / 2  # else nothing is tested
    assert {ref: after.get(ref) for ref in same} == {ref: before.get(ref) for ref in same}
    kept = {name for ref in same for name in before.get(ref, ())}
    held = {name for (name,) in rows(database, "SELECT incident_id FROM incidents WHERE killed_best = 77")}
    assert held >= kept


examples = st.lists(st.tuples(pages, edits), min_size=25, max_size=25)
calm = settings(
    deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), max_examples=3, database=None
)


@calm
@given(examples)
def test_an_edit_leaves_names_and_rulings(
    tmp_path_factory: pytest.TempPathFactory, edited: list[tuple[Page, Edit]]
) -> None:
    check_edits(tmp_path_factory.mktemp("edits"), edited)


@pytest.mark.slow
@settings(calm, max_examples=40)
@given(examples)
def test_a_thousand_edits_leave_names_and_rulings(
    tmp_path_factory: pytest.TempPathFactory, edited: list[tuple[Page, Edit]]
) -> None:
    check_edits(tmp_path_factory.mktemp("edits"), edited)
