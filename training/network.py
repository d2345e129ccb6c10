"""The network: MiniLM-L6 with word shapes at its input and before its head, a learned mix of its layers, seven scores a piece."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from dimensions import (
    HEAD_WIDTH,
    HEADS,
    INNER,
    LAYERS,
    OUTPUTS,
    POSITIONS,
    SHAPE_WIDTH,
    SHAPES,
    VOCABULARY,
    WIDTH,
)
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


class Layer(nn.Module):
    """One transformer layer, query, key and value in one matrix (as the fused operator of onnxruntime wants them)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        read = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        read = self.out(read.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + read)
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, drop, self.training))


class Tagger(nn.Module):
    """Pieces, shapes [batch, length, 3] and lengths in; scores [batch, length, 7] (outside, then begin and inside by type) out."""

    def __init__(self, layers: int = LAYERS, drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        self.words, self.places = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.shape_in, self.shape_out = nn.Embedding(SHAPES, WIDTH), nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.mix = nn.Parameter(torch.tensor([0.0] * layers + [2.0]))
        self.hidden = nn.Linear(WIDTH + 3 * SHAPE_WIDTH, HEAD_WIDTH)
        self.scores = nn.Linear(HEAD_WIDTH, OUTPUTS)
        nn.init.normal_(self.shape_in.weight, std=0.02)

    def forward(self, pieces: Tensor, shapes: Tensor, lengths: Tensor) -> Tensor:
        return self.answer(self.states(pieces, shapes, lengths), shapes)

    def states(
        self, pieces: Tensor, shapes: Tensor, lengths: Tensor, known: Sequence[Tensor] = ()
    ) -> list[Tensor]:
        """What the first layer reads, then what each layer gives: each [batch, length, 384]. `known`: the first of these."""
        drop = self.drop if self.training else 0.0
        mask = torch.where(torch.arange(pieces.shape[1]) < lengths[:, None], 0.0, -1e4)[:, None, None, :]
        states = list(known) or [functional.dropout(self.embedded(pieces, shapes), drop, self.training)]
        for layer in self.layers[len(states) - 1 :]:
            states.append(layer(states[-1], mask, drop))
        return states

    def embedded(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """Words, places and shapes together."""
        places = self.places(torch.arange(pieces.shape[1]))
        return self.norm(self.words(pieces) + places + self.shape_in(shapes[..., 0]))

    def answer(self, states: list[Tensor], shapes: Tensor) -> Tensor:
        """The scores, from the states."""
        drop = self.drop if self.training else 0.0
        weights = torch.softmax(self.mix, dim=0)
        mixed = sum(weight * state for weight, state in zip(weights, states, strict=True))
        features = torch.cat([mixed, self.shape_out(shapes).flatten(2)], dim=-1)
        features = functional.dropout(features, 2 * drop, self.training)
        return self.scores(functional.gelu(self.hidden(features)))

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """All weights as arrays, by name."""
        return {name: value.detach().float().numpy() for name, value in self.state_dict().items()}


def pretrained(weights: Path) -> Tagger:
    """Start a tagger from the published encoder (the token-type row is added to the position table: there is one type).

    Its word table stays as it is: the gold texts know too few of its words to move them all alike.
    """
    tagger, source = Tagger(), load_file(weights)
    state = tagger.state_dict()
    state["words.weight"] = source["embeddings.word_embeddings.weight"]
    state["places.weight"] = (
        source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0]
    )
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = source[f"embeddings.LayerNorm.{part}"]
        for index in range(LAYERS):
            state.update(_layer(source, index, part))
    tagger.load_state_dict(state)
    tagger.words.requires_grad_(requires_grad=False)
    return tagger


def _layer(source: dict[str, Tensor], index: int, part: str) -> dict[str, Tensor]:
    there, here = f"encoder.layer.{index}.", f"layers.{index}."
    qkv = [source[f"{there}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
    return {
        f"{here}qkv.{part}": torch.cat(qkv),
        f"{here}out.{part}": source[f"{there}attention.output.dense.{part}"],
        f"{here}norm1.{part}": source[f"{there}attention.output.LayerNorm.{part}"],
        f"{here}up.{part}": source[f"{there}intermediate.dense.{part}"],
        f"{here}down.{part}": source[f"{there}output.dense.{part}"],
        f"{here}norm2.{part}": source[f"{there}output.LayerNorm.{part}"],
    }
