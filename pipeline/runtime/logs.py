"""Logging: one JSON object per line on standard error; warnings only, unless asked for more.

Beam and gRPC log a great deal that means nothing to the person who runs the pipeline; they are heard with `-v` only.
What a message is about goes into `extra={"fields": {...}}`, and stands in its object by name.
"""

import json
import logging
import os
import sys
from datetime import datetime, timezone

from pipeline.runtime.visible import visible

_NOISY = ("apache_beam", "grpc", "root", "urllib3", "trafilatura", "htmldate")


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return visible(json.dumps(line, ensure_ascii=False))


def configure(verbose: int) -> None:
    """Set logging up: warnings of this program (0), information (1), everything (2 and more)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLine())
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("pipeline").setLevel(level)
    if verbose:
        return
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
