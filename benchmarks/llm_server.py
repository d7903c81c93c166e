"""Whether a real server takes our requests: llama.cpp's own, with random weights, asked about made-up articles.

The weights are made here, some 100 kB of them, and know nothing: what is shown is that the server takes our messages,
holds the model to our schema, and that its answers go through the whole ladder. What such a model points at stands
nowhere, so nothing of it may be stored. Needs the extra `benchmark`.

    python -m benchmarks.llm_server [ARTICLES]
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import numpy as np

from pipeline.extraction.llm.extractor import LlmExtractor
from pipeline.extraction.llm.options import LlmOptions
from pipeline.extraction.llm.preparation import preparation_of
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.records.identity import article_id
from schemas import Article, PublishedBasis

_CONTEXT, _WIDTH, _HEADS, _LAYERS, _INNER = 32_768, 64, 4, 2, 128
_LIKED = {'"': 2.0, "{": 1.5, "]": 1.0}
"""What the model prefers where the schema lets it: it ends strings soon, begins objects, and ends lists after one."""

_PUBLISHED = datetime(2023, 11, 8, 12, tzinfo=timezone.utc)
_TEXT = "Gunmen attacked a checkpoint near Mosul on Tuesday, killing {} soldiers, the army said. Nobody claimed it."


def main() -> None:
    parser = argparse.ArgumentParser(description="Whether a real server takes our requests.")
    parser.add_argument("articles", type=int, nargs="?", default=12, help="how many articles to ask about")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "random.gguf"
        _write_weights(weights)
        with _serving(weights) as url:
            _measure(f"{url}/v1", Path(folder) / "answers.sqlite", [_article(n) for n in range(options.articles)])


def _measure(url: str, answers: Path, articles: list[Article]) -> None:
    asked = LlmOptions(base_url=url, model="random", max_answer=2_000, concurrency=2)
    rules = RulesExtractor()
    for way in ("asked", "asked again"):
        asker = preparation_of(asked, answers).asker()
        begun = time.monotonic()
        outcomes = [asker.ask(article) for article in articles]
        counted = sum((Counter(outcome.counts) for outcome in outcomes), Counter())
        print(f"{way}: {len(articles)} articles in {time.monotonic() - begun:.1f} s; {dict(sorted(counted.items()))}")
        for reason in sorted({outcome.reject.reason for outcome in outcomes if outcome.reject}):
            print(f"    {reason}")
    extractor = LlmExtractor(asked, answers, rules)
    readers = Counter(one.extractor for article in articles for one in extractor.extract(article))
    print(f"mentions by {dict(sorted(readers.items()))}: a model that knows nothing must have none")
    if readers["llm"] or not counted["llm_articles"] or counted["llm_requests"]:
        sys.exit("the ladder does not hold")


def _article(number: int) -> Article:
    text = _TEXT.format(number + 2)
    return Article(
        article_id=article_id(None, None, text, _PUBLISHED),
        ref=f"made up {number}",
        text=text,
        source="made up",
        published_at=_PUBLISHED,
        published_basis=PublishedBasis.METADATA,
        language="en",
    )


@contextmanager
def _serving(weights: Path) -> Iterator[str]:
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights)
    settings.n_ctx, settings.n_parallel, settings.cpuparams.n_threads = _CONTEXT, 2, 1
    settings.hostnames, settings.port, settings.warmup = ["127.0.0.1"], 0, False
    server = xllamacpp.Server(settings)
    print(f"llama.cpp's server, of xllamacpp {xllamacpp.BUILD_INFO}")
    yield server.listening_address
    del server


def _write_weights(path: Path) -> None:
    """Write a Llama of two layers whose tokens are the bytes."""
    import gguf

    tokens = ["<unk>", "<s>", "</s>", *_bytes(), "th"]
    control, normal = 3, 1
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([control] * 3 + [normal] * (len(tokens) - 3))
    writer.add_token_merges(["t h"])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    for name, values in _tensors(tokens).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _bytes() -> list[str]:
    """Return the 256 bytes as GPT-2 writes them: those that are not seen as letters beyond Latin-1."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return [chr(byte) if byte in shown else chr(256 + hidden.index(byte)) for byte in range(256)]


def _tensors(tokens: list[str]) -> dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"]:
    random = np.random.default_rng(0)

    def drawn(*shape: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return (random.standard_normal(shape) * 0.05).astype(np.float32)

    even = np.ones(_WIDTH, np.float32)
    embeddings, output = drawn(len(tokens), _WIDTH), drawn(len(tokens), _WIDTH)
    embeddings[:, 0] = 1.0  # so that whatever is read, what is liked is liked
    for character, liking in _LIKED.items():
        output[tokens.index(character), 0] = liking
    tensors = {"token_embd.weight": embeddings, "output_norm.weight": even, "output.weight": output}
    for number in range(_LAYERS):
        layer = f"blk.{number}"
        tensors |= {f"{layer}.{name}_norm.weight": even for name in ("attn", "ffn")}
        tensors |= {f"{layer}.attn_{name}.weight": drawn(_WIDTH, _WIDTH) for name in ("q", "k", "v", "output")}
        tensors |= {f"{layer}.ffn_{name}.weight": drawn(_INNER, _WIDTH) for name in ("gate", "up")}
        tensors[f"{layer}.ffn_down.weight"] = drawn(_WIDTH, _INNER)
    return tensors


if __name__ == "__main__":
    main()
