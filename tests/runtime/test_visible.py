import json

import pytest

from pipeline.runtime.visible import say, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 12", "plain words, 12"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\x1b[31mred\x1b[0m", "\\u001b[31mred\\u001b[0m"),
        ("\x9b2J", "\\u009b2J"),
        ("bell\x07 back\x08 return\r", "bell\\u0007 back\\b return\\r"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u2066a\u2069\u200eb\u200fc\u061c", "\\u2066a\\u2069\\u200eb\\u200fc\\u061c"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("line\u2028par\u2029", "line\\u2028par\\u2029"),
        ("caf\udce9", "caf\\udce9"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("الموصل, Київ, 北京, é", "الموصل, Київ, 北京, é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_line_of_json_stays_one() -> None:
    title = "\x1b[2J\u202e\x9b\U000e0041 الموصل"
    assert json.loads(visible(json.dumps({"title": title}, ensure_ascii=False))) == {"title": title}


def test_what_is_said_ends_in_a_line_and_goes_where_it_should(capsys: pytest.CaptureFixture[str]) -> None:
    say("done \x1b")
    say("not done", error=True)
    assert capsys.readouterr() == ("done \\u001b\n", "not done\n")
