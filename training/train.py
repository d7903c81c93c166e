"""The training loop: batches of trees and of incidents in turn, everything drawn from one seed."""

import json
import random
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - PyTorch's own custom

from training.batches import IGNORED, Batch, Item, batch_of, buckets
from training.network import Network

_SIZE = 24
_ENCODER_RATE, _HEAD_RATE, _DECAY = 2e-4, 1.5e-3, 0.01
_WARM_UP, _LOWEST = 0.08, 0.02
_REPORT, _SAVE = 50, 200


def loss_of(network: Network, batch: Batch, *, trees: bool) -> Tensor:
    """Return the loss of a batch: of heads and relations, or of tags."""
    words = network.read(batch.ids, batch.first)
    if trees:
        arcs = network.arcs(words, batch.first)
        relations = network.relations(words, batch.heads.clamp(min=0))
        return F.cross_entropy(arcs.flatten(0, 1), batch.heads.flatten(), ignore_index=IGNORED) + F.cross_entropy(
            relations.flatten(0, 1), batch.relations.flatten(), ignore_index=IGNORED
        )
    likely = network.tag(words).log_softmax(-1).masked_fill(~batch.allowed, -torch.inf)
    return -likely[batch.words].logsumexp(-1).mean()


def schedule(
    trees: list[Item], tagged: list[Item], rounds: tuple[float, float], seed: int
) -> list[tuple[bool, list[Item]]]:
    """Return all batches of a training, in order, each with whether it holds trees."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    made: list[tuple[bool, list[Item]]] = []
    for items, times, is_trees in ((trees, rounds[0], True), (tagged, rounds[1], False)):
        wanted = round(times * len(items) / _SIZE)
        mine: list[list[Item]] = []
        while len(mine) < wanted:
            mine += buckets(items, _SIZE, draw)
        made += [(is_trees, batch) for batch in mine[:wanted]]
    draw.shuffle(made)
    return made


def train(network: Network, steps: list[tuple[bool, list[Item]]], seed: int, checkpoint: Path) -> None:
    """Train the network in place. A run that was cut off goes on from `checkpoint`."""
    torch.manual_seed(seed)
    own = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": _ENCODER_RATE}, {"params": own, "lr": _HEAD_RATE}], weight_decay=_DECAY
    )
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / (_WARM_UP * len(steps))) * max(_LOWEST, 1 - s / len(steps))
    )
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        rate.load_state_dict(saved["rate"])
        done = saved["done"]
    network.train()
    began, losses = time.monotonic(), {True: 0.0, False: 0.0}
    for step, (is_trees, items) in enumerate(steps[done:], start=done + 1):
        loss = loss_of(network, batch_of(items), trees=is_trees)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        rate.step()
        losses[is_trees] = 0.97 * losses[is_trees] + 0.03 * loss.item() if losses[is_trees] else loss.item()
        if step % _REPORT == 0:
            report = {"step": step, "of": len(steps), "seconds": round(time.monotonic() - began)}
            print(json.dumps(report | {"trees": round(losses[True], 3), "tags": round(losses[False], 3)}), flush=True)
        if step % _SAVE == 0 or step == len(steps):
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "rate": rate.state_dict()}
            torch.save({**state, "done": step}, checkpoint)
    network.eval()
