"""What the stages' transforms share: how records travel between workers."""

import apache_beam as beam
from apache_beam import coders
from apache_beam.coders import typecoders

from pipeline.linking.cluster import Cluster
from pipeline.report import Report
from pipeline.sources.copies import Candidate, Copy
from pipeline.sources.revisions import Edition, Superseded
from schemas import Article, Incident, IncidentMention, Mention, Reject, Tally
from schemas.base import Record
from schemas.tables import Fingerprint


class RecordCoder(coders.Coder):
    """Encodes a record as JSON and validates it again on arrival: a worker never sees a record that breaks a rule."""

    def __init__(self, model: type[Record]) -> None:
        self._model = model

    def encode(self, record: Record) -> bytes:
        return record.model_dump_json().encode("utf-8")

    def decode(self, encoded: bytes) -> Record:
        return self._model.model_validate_json(encoded)

    def is_deterministic(self) -> bool:
        return True

    def to_type_hint(self) -> type[Record]:
        return self._model

    @classmethod
    def from_type_hint(cls, model: type[Record], registry: typecoders.CoderRegistry) -> "RecordCoder":
        return cls(model)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._model is other._model

    def __hash__(self) -> int:
        return hash((type(self), self._model))


def register_coders() -> None:
    """Make Beam encode every record that crosses between stages as a record, not as a pickle."""
    for model in (
        Article, Mention, Tally, Reject, Incident, IncidentMention, Fingerprint,
        Report, Cluster, Candidate, Copy, Edition, Superseded,
    ):  # fmt: skip
        beam.coders.registry.register_coder(model, RecordCoder)
