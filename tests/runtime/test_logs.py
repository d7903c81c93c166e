import json
import logging
from collections.abc import Iterator

import pytest

from pipeline.runtime import logs


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root, known = logging.getLogger(), logging.root.manager.loggerDict
    before = root.level, root.handlers[:]
    levels = {name: logging.getLogger(name).level for name in known}
    yield
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]


def test_lines_are_json_with_the_fields_of_the_message(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(1)
    logging.getLogger("pipeline.run.launcher").info("run %s", "loaded", extra={"fields": {"articles": 5}})
    (line,) = lines(capsys)
    assert line["message"] == "run loaded"
    assert (line["level"], line["logger"], line["articles"]) == ("info", "pipeline.run.launcher", 5)
    assert str(line["time"]).endswith("+00:00")


def test_quiet_means_our_warnings_and_nobody_elses(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(0)
    logging.getLogger("pipeline.run.plain").info("unheard")
    logging.getLogger("apache_beam.runners").error("unheard")
    logging.getLogger("pipeline.run.plain").warning("heard")
    assert [line["message"] for line in lines(capsys)] == ["heard"]


def test_errors_carry_their_trace(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(0)
    try:
        raise LookupError("gone")
    except LookupError:
        logging.getLogger("pipeline").exception("failed")
    (line,) = lines(capsys)
    assert "LookupError: gone" in str(line["trace"])
