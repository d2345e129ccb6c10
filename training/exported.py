"""Read the weights of an exported model back, so that training can go on from it or a smaller network can begin with its layers."""

from __future__ import annotations

from pathlib import Path

import network
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

_RENAMED = {"shape.in": "shape_in.weight", "shape.late": "shape_out.weight", "places": "places.weight"}


def load(path: Path) -> network.Tagger:
    """A tagger with the weights of `path` (names.onnx), up to the 8 bits that they were stored in; the word table frozen."""
    found = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    count = sum(name.startswith("layers.") and name.endswith(".norm2.weight") for name in found)
    tagger = network.Tagger(count)
    state = tagger.state_dict()
    for name, value in _weights(found, count).items():
        rows = torch.from_numpy(np.array(value))  # of the table of places only the rows in use were kept
        state[name] = torch.cat([rows, state[name][len(rows) :]])
    tagger.load_state_dict(state)
    tagger.words.requires_grad_(requires_grad=False)
    return tagger


def thinned(tagger: network.Tagger, kept: tuple[int, ...]) -> network.Tagger:
    """The tagger with some of its layers only, to be trained further."""
    tagger.layers = nn.ModuleList(tagger.layers[index] for index in kept)
    shares = [0, *(index + 1 for index in kept)]
    tagger.mix = nn.Parameter(tagger.mix.detach()[shares].clone())
    return tagger


def _weights(found: dict[str, NDArray[np.generic]], count: int) -> dict[str, NDArray[np.float32]]:
    weights: dict[str, NDArray[np.float32]] = {}
    for name, value in found.items():
        if name.endswith("_quantized"):
            whole = name.removesuffix("_quantized")
            weights[whole] = (value.astype(np.float32) * found[f"{whole}_scale"]).T
        elif name.endswith((".bias", "norm.weight", "norm1.weight", "norm2.weight")):
            weights[name] = value.astype(np.float32)
    weights |= {name: found[old].astype(np.float32) for old, name in _RENAMED.items()}
    weights["words.weight"] = found["words.int8"].astype(np.float32) * found["words.scale"]
    shares = [found[f"state.{index}.share"] for index in range(count + 1)]
    weights["mix"] = np.log(np.concatenate(shares)).astype(np.float32)
    return weights
