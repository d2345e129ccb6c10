"""Read the weights of an exported model back, so that training can go on from it or a smaller network can begin with its layers."""

from __future__ import annotations

from pathlib import Path

import network
import numpy as np
import stored
import torch
from torch import nn


def load(path: Path) -> network.Tagger:
    """A tagger with the weights of `path` (names.onnx), up to the 8 bits that they were stored in; the word table frozen."""
    weights = stored.weights(path)
    tagger = network.Tagger(stored.layers(weights))
    state = tagger.state_dict()
    for name, value in weights.items():
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
