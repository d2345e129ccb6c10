"""The weights of an exported model, up to the 8 bits that they were stored in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

Weights = dict[str, NDArray[np.float32]]
_RENAMED = {"shape.in": "shape_in.weight", "shape.late": "shape_out.weight", "places": "places.weight"}
_PARTS = ("query", "key", "value")


def weights(path: Path) -> Weights:
    """By the names that a tagger gives them; of the table of places only the rows in use were kept."""
    found = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    read: Weights = {}
    for name, value in found.items():
        if name.endswith("_quantized"):
            whole = name.removesuffix("_quantized")
            read[whole] = (value.astype(np.float32) * found[f"{whole}_scale"]).T
        elif name.endswith((".bias", "norm.weight", "norm1.weight", "norm2.weight")):
            read[name] = value.astype(np.float32)
    read = _joined(read)
    read |= {name: found[old].astype(np.float32) for old, name in _RENAMED.items()}
    read["words.weight"] = found["words.int8"].astype(np.float32) * found["words.scale"]
    shares = [found[f"state.{index}.share"] for index in range(layers(read) + 1)]
    read["mix"] = np.log(np.concatenate(shares)).astype(np.float32)
    return read


def layers(read: Weights) -> int:
    """How many layers these weights have."""
    return sum(name.startswith("layers.") and name.endswith(".norm2.weight") for name in read)


def _joined(read: Weights) -> Weights:
    """Query, key and value in one matrix, as a tagger has them."""
    apart = {name: name.replace(".query.", ".qkv.") for name in read if ".query." in name}
    joined = {
        whole: np.concatenate([read[name.replace(".query.", f".{part}.")] for part in _PARTS])
        for name, whole in apart.items()
    }
    return joined | {name: value for name, value in read.items() if name.split(".")[-2] not in _PARTS}
