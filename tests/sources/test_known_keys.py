import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.sources.known_keys import KnownKeys


@pytest.mark.parametrize("keys", [[], ["b"], ["c", "a", "b"], ["longer than the others", "é", "b", "b"]])
def test_known_keys_are_known(keys: list[str]) -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({"name": pa.array(keys, pa.string()), "unread": range(len(keys))}), file)
    known = KnownKeys(file, "name")
    for key in keys:
        assert key in known
        assert key + "x" not in known
        assert key[:-1] not in known
    for key in ("", "0", "zz", "e"):
        assert key not in known
