"""The page in a browser: what it shows is what the database holds, and nothing of a database is ever run."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli as tomllib
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.page.columns import LONGEST_INCIDENT_DAYS
from pipeline.page.selection import PageSelection, Words
from pipeline.page.server import serving
from schemas import Actor, Conflict, DateBasis, DatePrecision, GeoPrecision, Incident, Mention, ReportedAttribution
from schemas.base import Record
from tests.support.browser import Browser
from tests.support.databases import rows
from tests.support.pages import database_of, link, quoted, revision, run_record, written
from tests.support.records import DAY, actor, any_incidents, article, incident, mention, tally

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"

EVIL = "</script><script>document.title='run'</script><svg onload=\"document.title='run'\"><img src=x onerror=alert(1)>"
TEXT = (
    "😀😀 In 𝔄leppo — حلب — two 🎯 drones hit the \u202emarket\u202c of Rukban at dawn,\x07 "
    "and \x1b[31mseven\x1b[0m people "
    f"died. {EVIL} =cmd|' /C calc'!A0 said the Shield."
)
DAYS: dict[str, Any] = {
    "date_earliest": DAY, "date_latest": DAY, "date_precision": DatePrecision.DAY, "date_basis": DateBasis.EXPLICIT,
}  # fmt: skip
SPOT: dict[str, Any] = {"latitude": 33.4, "longitude": 38.9, "geo_precision": GeoPrecision.LOCALITY}


def evil_records() -> tuple[Record, ...]:
    """An incident of which every text is an attack on its reader, or hard to count in."""
    source = article(TEXT, title=EVIL, url="javascript:document.title='run'", source=EVIL)
    told = [
        quoted(TEXT, "event_type", "🎯 drones hit"), quoted(TEXT, "place_name", "𝔄leppo — حلب"),
        quoted(TEXT, "weapons", "drones"), quoted(TEXT, "killed_low", "\x1b[31mseven\x1b[0m people died"),
        quoted(TEXT, "perpetrators", "=cmd|' /C calc'!A0"), quoted(TEXT, "facility", EVIL),
    ]  # fmt: skip
    evil = Actor(name=EVIL, text=EVIL)
    report = mention(1, article_id=source.article_id, source=EVIL, url=source.url, evidence=tuple(told))
    conflict = Conflict(field="facility", value=EVIL, mention_ids=(report.mention_id,))
    fused = incident(
        1, **DAYS, **SPOT, place_name=EVIL, facility=EVIL, perpetrators=(evil, Actor(name="=cmd|' /C calc'!A0")),
        targets=(Actor(name="\u202eevil"),), claimed_by=(evil,), conflicts=(conflict,), killed_low=7,
    )  # fmt: skip
    scope = tally(1, article_id=source.article_id, what=EVIL, since=DAY, until=DAY, count_low=3)
    return source, report, fused, link(fused, report, link_reasons=(EVIL,)), revision(fused), run_record(), scope


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("evil")
    written(database_of(folder / "evil.duckdb", *evil_records()), folder / "evil.html")
    return (folder / "evil.html").as_uri()


def many_records() -> list[Record]:
    """Some incidents of all sorts: towns, regions, countries, intervals, background, claims, disagreement."""
    records: list[Record] = [
        run_record(),
        tally(1, since=DAY, until=DAY + timedelta(days=30), count_low=24, what="raids"),
    ]
    for number in range(40):
        day = DAY + timedelta(days=number % 9)
        text = f"On day {number} a drone hit town {number}, killing {number} people, the Shield said."
        source = article(
            text, f"{number}.txt", published=day, url=f"https://press.example/{number}", title=f"Hit {number}"
        )
        told = (quoted(text, "event_type", "a drone hit"), quoted(text, "killed_low", f"{number} people"))
        report = mention(number, article_id=source.article_id, evidence=told, url=source.url)
        place: dict[str, Any] = {"geo_precision": GeoPrecision.COUNTRY}
        if number % 4:
            precision = GeoPrecision.REGION if number % 4 == 1 else GeoPrecision.LOCALITY
            place = {"latitude": 30 + number / 9, "longitude": 36 + number / 7, "geo_precision": precision}
        told_days = DAYS | {"date_earliest": day, "date_latest": day} if number % 5 else {}
        said = (Conflict(field="killed", value="4", mention_ids=(report.mention_id,)),)
        fused = incident(
            number, **told_days, **place, country="SYR" if number % 3 else "IRQ", place_name=f"town {number}",
            killed_low=number if number % 2 else None, background=number % 13 == 5, perpetrators=(actor("Shield"),),
            conflicts=said if number % 6 == 0 else (),
        )  # fmt: skip
        records += [source, report, fused, link(fused, report), revision(fused)]
    return records


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("many")
    written(database_of(folder / "many.duckdb", *many_records()), folder / "many.html")
    return (folder / "many.html").as_uri()


def test_one_request_and_no_complaint(browser: Browser, many: str) -> None:
    browser.open(many)
    browser.show(2)
    browser.wait("document.querySelectorAll('#incident mark').length")
    assert browser.requests() == [many]
    assert browser.console() == []
    assert browser.text("#count") == "37 of 40 incidents"


def test_nothing_of_a_database_is_run(browser: Browser, evil: str) -> None:
    browser.open(evil)
    browser.show(0)
    browser.wait("document.querySelector('#incident .report')")
    assert browser.ask("document.title") == "Incidents"
    assert browser.ask("document.querySelectorAll('img, svg, iframe, object, embed').length") == 0
    assert (
        browser.ask("[...document.querySelectorAll('a')].map(a => a.href).filter(a => !/^(file|https?):/.test(a))")
        == []
    )
    assert (
        browser.ask(
            "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/.test(n))"
        )
        == []
    )
    assert browser.requests() == [evil]
    assert browser.console() == []
    assert EVIL in browser.text("#incident")


def test_the_policy_stops_what_would_get_in(browser: Browser, evil: str) -> None:
    browser.open(evil)
    added = "const s = document.createElement('script'); s.textContent = 'document.title = 1'; document.body.append(s);"
    browser.ask(f"(() => {{ {added} }})()")
    assert browser.ask("document.title") == "Incidents"
    failed = "fetch(arguments[0]).then(() => 'answered', () => 'refused').then(x => document.body.dataset.asked = x)"
    browser.ask(failed, "http://127.0.0.1:9/")
    assert browser.wait("document.body.dataset.asked") == "refused"


def test_every_mark_is_its_quote(browser: Browser, evil: str) -> None:
    browser.open(evil)
    browser.show(0)
    report = next(record for record in evil_records() if isinstance(record, Mention))
    browser.wait("document.querySelector('#incident mark')")
    read = {
        "event_type": "what",
        "place_name": "where",
        "killed_low": "killed",
        "perpetrators": "by",
        "facility": "site",
    }
    for evidence in report.evidence:
        name = read.get(evidence.field, evidence.field)
        marks = browser.ask(
            "[...document.querySelectorAll('#incident mark')]"
            ".filter(m => m.dataset.read.split('|').includes(arguments[0])).map(m => m.textContent).join('')",
            name,
        )
        assert marks == evidence.quote


def test_a_field_lights_up_its_words_and_puts_them_out(browser: Browser, many: str) -> None:
    browser.open(many)
    browser.set("q", "town 17")
    browser.show(0)
    button = browser.driver.find_element("css selector", "button.field[data-row=killed]")
    button.click()
    assert browser.ask("[...document.querySelectorAll('mark.lit')].map(m => m.textContent)") == ["17 people"]
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert browser.ask("document.querySelectorAll('mark.lit').length") == 0


def test_every_incident_is_reached_with_the_keyboard(browser: Browser, many: str) -> None:
    browser.open(many)
    browser.set("background", True)
    browser.ask("document.activeElement.blur()")
    for _ in range(40):
        browser.press("\ue004")  # Tab, from the top of the page to the list
        if browser.ask("document.activeElement.id") == "list":
            break
    seen = []
    browser.press("\ue011")  # Home
    for _ in range(40):
        seen.append(browser.ask("document.querySelector('[aria-selected=true]').textContent"))
        browser.press("\ue015")
    assert len(set(seen)) == 40
    browser.wait("document.querySelector('#incident h2')")
    browser.press("\ue007")  # Enter goes to the incident
    assert browser.wait("document.activeElement.id === 'title'")


def test_the_map_moves_by_keys(browser: Browser, many: str) -> None:
    browser.open(many)
    before = browser.ask("document.getElementById('map-canvas').toDataURL()")
    browser.keys("#map-canvas", "+", "\ue014")
    browser.ask("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    assert browser.ask("document.getElementById('map-canvas').toDataURL()") != before


def test_the_address_holds_the_view(browser: Browser, many: str) -> None:
    browser.open(many)
    browser.set("q", "shield")
    browser.set("country", "IRQ")
    browser.set("from", (DAY + timedelta(days=2)).isoformat())
    browser.set("days", "surely")
    browser.show(1)
    count, title, address = browser.text("#count"), browser.text("#title"), browser.driver.current_url
    browser.open(address)
    browser.wait("document.querySelector('#title')")
    assert (browser.text("#count"), browser.text("#title"), browser.driver.current_url) == (count, title, address)


def test_csv_and_geojson_of_the_selection(browser: Browser, many: str, tmp_path: Path) -> None:
    browser.open(many)
    browser.set("country", "IRQ")
    allow = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    for name, found in (("csv", "incidents.csv"), ("geojson", "incidents.geojson")):
        browser.driver.find_element("id", name).click()
        for _ in range(200):
            if (tmp_path / found).exists():
                break
            browser.ask("new Promise(r => setTimeout(r, 25))")
    count = int(browser.text("#count").split()[0])
    assert len((tmp_path / "incidents.csv").read_text(encoding="utf-8-sig").splitlines()) == count + 1
    features = json.loads((tmp_path / "incidents.geojson").read_text())["features"]
    assert len(features) == count
    assert any(feature["geometry"] is None for feature in features)


@pytest.mark.parametrize(("width", "is_dark"), [(1440, False), (1440, True), (390, False)])
def test_everybody_can_use_it(browser: Browser, many: str, width: int, is_dark: bool) -> None:
    if not AXE.exists():
        pytest.skip("needs axe-core: npm install in web/")
    browser.size(width, 900, is_dark)
    try:
        browser.open(many)
        browser.show(1)
        browser.wait("document.querySelector('#incident .report')")
        browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        found = browser.driver.execute_async_script("axe.run().then(arguments[0])")
        assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found["violations"]] == []
        assert browser.ask("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    finally:
        browser.size(1440, 900)


def test_on_paper_there_is_a_table(browser: Browser, many: str) -> None:
    browser.open(many)
    browser.show(0)
    paper = browser.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    assert len(paper["data"]) > 20_000
    browser.ask("dispatchEvent(new Event('beforeprint'))")
    assert browser.ask("document.querySelectorAll('#paper tbody tr').length") == 37
    browser.ask("dispatchEvent(new Event('afterprint'))")


def test_a_page_without_words_says_where_they_are(browser: Browser, tmp_path: Path) -> None:
    database = database_of(tmp_path / "few.duckdb", *many_records())
    written(database, tmp_path / "few.html", words=Words.NONE)
    browser.open((tmp_path / "few.html").as_uri())
    browser.show(0)
    assert "python -m pipeline why i-" in browser.wait("document.querySelector('#incident p.silent')?.textContent")


def test_attributions_are_kept_apart(browser: Browser, tmp_path: Path) -> None:
    iran, shield = actor("Iran"), actor("Shield")
    words = (("claimed", shield, shield), ("blamed", iran, actor("US military")), ("denied", iran, None))
    said = tuple(
        ReportedAttribution(actor=party, kind=kind, by=speaker, mention_id="m-1") for kind, party, speaker in words
    )
    records = [
        one.model_copy(update={"attributions": said}) if isinstance(one, Incident) else one for one in many_records()
    ]
    database = database_of(tmp_path / "said.duckdb", *records)
    written(database, tmp_path / "said.html")
    browser.open((tmp_path / "said.html").as_uri())
    browser.show(0)
    table = browser.ask("[...document.querySelectorAll('.fields tr')].map(r => r.innerText.split('\\t'))")
    told = {line[0].strip(): line[1] for line in table}
    assert told["claimed by"] == "Shield"
    assert told["blamed"] == "Iran (so says US military)"
    assert told["denied by"] == "Iran"
    assert "confirmed" in told["no report says"]


def test_a_served_page_asks_for_an_incident_and_gathers_rulings(browser: Browser, tmp_path: Path) -> None:
    database = database_of(tmp_path / "live.duckdb", *many_records())
    with serving(database, PageSelection(), "127.0.0.1", 0) as (address, _):
        browser.open(address)
        browser.show(1)
        browser.wait("document.querySelector('#incident .report mark')")
        assert all(asked == address or asked.startswith(f"{address}detail/") for asked in browser.requests())
        assert browser.console() == []
        ids = browser.ask("document.querySelector('#incident .id').textContent")
        browser.ask("document.getElementById('ruling-note').value = 'seen on film'")
        buttons = "[...document.querySelectorAll('.tools button')]"
        browser.ask(f"{buttons}.find(b => b.textContent === 'This is no incident').click()")
        toml = browser.ask("document.getElementById('toml').value")
        assert tomllib.loads(toml) == {"drop": [{"id": ids, "note": "seen on film"}]}


_COUNTED = """
SELECT count(*), count(*) FILTER (NOT {series}),
    sum(coalesce(killed_low, 0)) FILTER (NOT {series}), sum(coalesce(killed_high, killed_low, 0)) FILTER (NOT {series}),
    count(*) FILTER (NOT {series} AND killed_low IS NULL AND killed_high IS NULL),
    count(*) FILTER (latitude IS NULL OR geo_precision IN ('country', 'unknown'))
FROM incidents WHERE NOT background AND ({condition})
"""
_SERIES = f"(date_earliest IS NOT NULL AND date_latest - date_earliest >= {LONGEST_INCIDENT_DAYS})"
_VIEWS = {
    "": "true",
    "country=SYR": "country = 'SYR'",
    "type=airstrike": "event_type = 'airstrike'",
    "differ=1": "len(conflicts) > 0",
    "from=2010-01-01&to=2040-01-01": "date_latest >= '2010-01-01' AND date_earliest <= '2040-01-01'",
    "from=2010-01-01&to=2040-01-01&days=surely": "date_earliest >= '2010-01-01' AND date_latest <= '2040-01-01'",
}

_MOST = 9_999_999
"""People: beyond 2**53, JavaScript's numbers are no whole numbers any more."""


def with_counts_of_people(found: Incident) -> Incident:
    counts = {name: getattr(found, name) for name in Incident.model_fields if name.endswith(("_low", "_best", "_high"))}
    return found.model_copy(update={name: count and min(count, _MOST) for name, count in counts.items()})


anything = st.lists(
    any_incidents().map(with_counts_of_people), min_size=0, max_size=30, unique_by=lambda found: found.incident_id
)


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.generate,),
    derandomize=True,
)
@given(found=anything)
def test_counts_are_sql_s(browser: Browser, tmp_path: Path, found: list[Incident]) -> None:
    database = database_of(tmp_path / "any.duckdb", *found)
    written(database, tmp_path / "any.html")
    browser.open((tmp_path / "any.html").as_uri())
    for view, condition in _VIEWS.items():
        [(count, summed, low, high, silent, missing)] = rows(
            database, _COUNTED.format(series=_SERIES, condition=condition)
        )
        browser.ask("(document.body.dataset.filtered = '', location.hash = arguments[0])", f"{view}&q=")
        browser.wait("document.body.dataset.filtered")
        assert browser.text("#count") == f"{count:,} of {len(found):,} incidents"
        killed = browser.text("#sum-killed")
        assert f"{silent:,} say nothing" in killed
        if summed > silent:
            range_ = f"{low:,}" if low == high else f"{low:,}–{high:,}"
            assert killed.startswith((f"{range_} killed", f"{range_} or more killed"))
        tray = browser.text("#tray")
        assert (tray == "all are on the map") == (missing == 0)
        assert sum(int(word.replace(",", "")) for word in tray.split() if word[:1].isdigit()) == missing
