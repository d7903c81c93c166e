"""The arguments that choose an extractor, and those of its own, made of the fields of its options."""

import argparse
from collections.abc import Iterator
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from pipeline.extraction.registry import DEFAULT, EXTRACTORS, offer_of

_ENCODER = "rules+encoder"


def add_extractors(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say who reads the articles, and how."""
    parser.add_argument("--extractor", choices=list(EXTRACTORS), help=f"who reads the articles (default {DEFAULT})")
    parser.add_argument("--encoder", action="store_true", help=f"the same as --extractor {_ENCODER}")
    for name in EXTRACTORS:
        own = _fields_of(name)
        group = parser.add_argument_group(f"the extractor {name}") if own else None
        for field in own:
            _add(group, name, field)


def _add(group: Any, name: str, field: "Field[Any]") -> None:
    settings = {key: value for key, value in field.metadata.items() if value is not None}
    flag = _flag(name, field.name)
    if field.default is False:
        group.add_argument(flag, dest=_dest(name, field), action="store_true", default=None, help=settings["help"])
    else:
        settings.setdefault("type", _codes if isinstance(field.default, tuple) else _type_of(field))
        group.add_argument(flag, dest=_dest(name, field), **settings)


def _flag(name: str, field: str) -> str:
    return f"--{name}-{field.replace('_', '-')}"


def _dest(name: str, field: "Field[Any]") -> str:
    return f"{name} {field.name}"  # of no other argument


def _type_of(field: "Field[Any]") -> Any:
    return Path if "Path" in str(field.type) else str


def _codes(written: str) -> tuple[str, ...]:
    return tuple(code.strip().lower() for code in written.split(",") if code.strip())


def chosen_name(options: argparse.Namespace) -> str:
    """Return the name of the extractor that is asked for. Raises ValueError for two at once."""
    if options.encoder and options.extractor not in (None, _ENCODER):
        raise ValueError(f"--encoder means --extractor {_ENCODER}: leave it out with --extractor {options.extractor}")
    return _ENCODER if options.encoder else options.extractor or DEFAULT


def own_options(options: argparse.Namespace, name: str) -> Any:
    """Return the own options of the extractor `name`, null if it has none.

    Raises ValueError for what cannot be meant, and for options of extractors that are not asked for.
    """
    for other in EXTRACTORS:
        given = dict(_given(options, other))
        if given and other != name:
            raise ValueError(f"{_flag(other, next(iter(given)))} needs --extractor {other}")
    kind = offer_of(name).options
    return kind(**dict(_given(options, name))) if kind is not None else None


def _given(options: argparse.Namespace, name: str) -> Iterator[tuple[str, Any]]:
    for field in _fields_of(name):
        value = getattr(options, _dest(name, field))
        if value is not None:
            yield field.name, value


def _fields_of(name: str) -> "tuple[Field[Any], ...]":
    kind = offer_of(name).options
    return fields(kind) if kind is not None else ()
