"""The network: MiniLM-L6 (a BERT of six layers, 384 wide) with a biaffine parser and a tagger on top."""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - PyTorch's own custom

WIDTH, LAYERS, ATTENTION_HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
_ARC, _RELATION = 256, 96
_MINUS = -1e4


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the layer's output; `bias` is added to the attention scores."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // ATTENTION_HEADS) + bias
        seen = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(seen)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT's embeddings and layers, loaded from a checkpoint of MiniLM-L6. The embeddings stay as they are."""

    def __init__(self, checkpoint: Path) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH), requires_grad=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self._load(load_file(checkpoint))
        for part in (self.words, self.positions, self.norm):
            part.requires_grad_(False)

    def _load(self, saved: dict[str, Tensor]) -> None:
        def fill(module: nn.Module, *names: str) -> None:
            module.weight.data = torch.cat([saved[f"{name}.weight"] for name in names])
            if hasattr(module, "bias"):
                module.bias.data = torch.cat([saved[f"{name}.bias"] for name in names])

        fill(self.words, "embeddings.word_embeddings")
        fill(self.positions, "embeddings.position_embeddings")
        fill(self.norm, "embeddings.LayerNorm")
        self.segment.data = saved["embeddings.token_type_embeddings.weight"][0].clone()
        for number, layer in enumerate(self.layers):
            prefix = f"encoder.layer.{number}"
            fill(layer.qkv, *(f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")))
            fill(layer.out, f"{prefix}.attention.output.dense")
            fill(layer.norm1, f"{prefix}.attention.output.LayerNorm")
            fill(layer.up, f"{prefix}.intermediate.dense")
            fill(layer.down, f"{prefix}.output.dense")
            fill(layer.norm2, f"{prefix}.output.LayerNorm")

    def forward(self, ids: Tensor) -> Tensor:
        """Return a vector for every piece; id 0 is padding."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.segment
        bias = (ids == 0)[:, None, None, :].to(x.dtype) * _MINUS
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Network(nn.Module):
    """The encoder with its heads. Inputs are piece ids and each word's first piece; word 0 is [CLS], the root."""

    def __init__(self, checkpoint: Path, relations: int, tags: int) -> None:
        super().__init__()
        self.encoder = Encoder(checkpoint)
        self.drop = nn.Dropout(0.15)
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, _ARC), nn.Linear(WIDTH, _ARC)
        self.arc = nn.Parameter(torch.randn(_ARC + 1, _ARC) * 0.02)
        self.rel_dependent, self.rel_head = nn.Linear(WIDTH, _RELATION), nn.Linear(WIDTH, _RELATION)
        self.rel = nn.Parameter(torch.randn(_RELATION + 1, relations, _RELATION + 1) * 0.02)
        self.tag = nn.Linear(WIDTH, tags)

    def read(self, ids: Tensor, first: Tensor) -> Tensor:
        """Return a vector for every word."""
        pieces = self.drop(self.encoder(ids))
        return pieces.gather(1, first.unsqueeze(-1).expand(-1, -1, WIDTH))

    def arcs(self, words: Tensor, first: Tensor) -> Tensor:
        """Return the score of every word as the head of every word. Padding words (piece 0) can head nothing."""
        dependent, head = F.gelu(self.arc_dependent(words)), F.gelu(self.arc_head(words))
        scores = _with_one(dependent) @ self.arc @ head.transpose(1, 2)
        padding = first == 0
        padding = torch.cat([torch.zeros_like(padding[:, :1]), padding[:, 1:]], 1)
        return scores + padding[:, None, :].to(scores.dtype) * _MINUS

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return the score of every relation between each word and its head."""
        dependent, head = F.gelu(self.rel_dependent(words)), F.gelu(self.rel_head(words))
        head = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, _RELATION))
        side, labels, other = self.rel.shape
        mixed = (_with_one(dependent) @ self.rel.reshape(side, labels * other)).reshape(
            dependent.shape[0], dependent.shape[1], labels, other
        )
        return (mixed @ _with_one(head).unsqueeze(-1)).squeeze(-1)

    def forward(self, ids: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return each word's head, its relation, and the scores of its tags: what is exported."""
        words = self.read(ids, first)
        heads = self.arcs(words, first).argmax(-1)
        return heads, self.relations(words, heads).argmax(-1), self.tag(words)


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
