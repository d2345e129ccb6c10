"""Write the trained network as an ONNX graph of fused operators, with 8-bit weights.  Usage: graph.py OUT.onnx MODEL.onnx

The second writes an exported model anew, after a change of this file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from dimensions import HEADS, OUTPUTS, SHAPE_WIDTH
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from stored import Weights, layers
from stored import weights as stored_weights

_MICROSOFT = "com.microsoft"
_NORM = ("weight", "bias")
Array = NDArray[np.float32]


class Graph:
    """Collects nodes and constants; every node is named after its one output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Keep an array under a name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object
    ) -> str:
        """Append an operator."""
        self.nodes.append(
            helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output


def write(weights: Weights, path: Path) -> None:
    """Export to `path`: matrices with 8-bit weights a channel (7 bits used, so that older processors do not saturate)."""
    wide = path.with_suffix(".fp32.onnx")
    onnx.save(build(weights), str(wide))
    quantize_dynamic(
        wide,
        path,
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    wide.unlink()


def build(weights: Weights) -> onnx.ModelProto:
    """Build the graph: pieces [1, n], shapes [1, n, 3], wanted [k] (all int32) -> scores [1, k, 7].

    `wanted`: the positions whose scores are asked for. The last layer and the head read no others.
    """
    graph, count = Graph(), layers(weights)
    states = [_embed(graph, weights)]
    for index in range(count - 1):
        states.append(_layer(graph, weights, index, states[-1], states[-1]))
    rows = [graph.node("Gather", [state, "wanted"], f"{state}.rows", axis=1) for state in states]
    rows.append(_layer(graph, weights, count - 1, rows[-1], states[-1]))
    _head(graph, weights, rows)
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT32, [1, "length"]),
        helper.make_tensor_value_info("shapes", TensorProto.INT32, [1, "length", 3]),
        helper.make_tensor_value_info("wanted", TensorProto.INT32, ["count"]),
    ]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "count", OUTPUTS])]
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
    body = helper.make_graph(graph.nodes, "names", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=opsets, ir_version=9)


def _embed(graph: Graph, weights: Weights) -> str:
    """Look up words (8 bits a value, one scale a row), places and shapes; add and normalise."""
    table = weights["words.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    graph.constant("words.int8", np.rint(table / scale).astype(np.int8))
    graph.constant("words.scale", scale.astype(np.float32))
    graph.node("Gather", ["words.int8", "pieces"], "words.rows")
    graph.node("Cast", ["words.rows"], "words.float", to=TensorProto.FLOAT)
    graph.node("Gather", ["words.scale", "pieces"], "words.scales")
    graph.node("Mul", ["words.float", "words.scales"], "words.out")
    graph.constant("places", weights["places.weight"][:256])
    graph.node("Shape", ["pieces"], "pieces.shape")
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        graph.constant(name, np.array([value], dtype=np.int64))
    graph.node("Slice", ["pieces.shape", "one", "two"], "length")
    graph.node("Slice", ["places", "zero", "length", "zero"], "places.out")
    graph.node("Slice", ["shapes", "zero", "one", "two"], "shape.own")
    graph.node("Squeeze", ["shape.own", "two"], "shape.flat")
    graph.constant("shape.in", weights["shape_in.weight"])
    graph.node("Gather", ["shape.in", "shape.flat"], "shape.out")
    graph.node("Add", ["words.out", "shape.out"], "embed.sum")
    graph.node("Add", ["embed.sum", "places.out"], "embed.all")
    norm = [graph.constant(f"norm.{part}", weights[f"norm.{part}"]) for part in _NORM]
    return graph.node("LayerNormalization", ["embed.all", *norm], "state.0", axis=-1, epsilon=1e-12)


def _layer(graph: Graph, weights: Weights, index: int, rows: str, state: str) -> str:
    """One layer at `rows`, which attend to all of `state`."""
    here = f"layers.{index}."

    def stored(source: str, name: str) -> str:
        return _linear(
            graph, f"{here}{name}", source, weights[f"{here}{name}.weight"], weights[f"{here}{name}.bias"]
        )

    def joined(source: str, name: str, skip: str, norm: str, output: str) -> str:
        total = graph.node("Add", [stored(source, name), skip], f"{here}{norm}.total")
        scale = [graph.constant(f"{here}{norm}.{part}", weights[f"{here}{norm}.{part}"]) for part in _NORM]
        return graph.node("LayerNormalization", [total, *scale], output, axis=-1, epsilon=1e-12)

    read = _attended(graph, weights, here, rows, state)
    middle = joined(read, "out", rows, "norm1", f"{here}middle")
    inner = graph.node("Gelu", [stored(middle, "up")], f"{here}inner")
    return joined(inner, "down", middle, "norm2", f"state.{index + 1}")


def _attended(graph: Graph, weights: Weights, here: str, rows: str, state: str) -> str:
    """What `rows` read of `state`; no mask, as windows are read one by one."""
    weight, bias = weights[f"{here}qkv.weight"], weights[f"{here}qkv.bias"]
    if rows == state:  # one operator, without copies of query, key and value
        whole = [graph.constant(f"{here}qkv.weight", weight.T), graph.constant(f"{here}qkv.bias", bias)]
        return graph.node("Attention", [state, *whole], f"{here}read", _MICROSOFT, num_heads=HEADS)
    heads = [
        _linear(graph, f"{here}{part}", source, *parts)
        for part, source, *parts in zip(
            ("query", "key", "value"),
            (rows, state, state),
            np.split(weight, 3),
            np.split(bias, 3),
            strict=True,
        )
    ]
    return graph.node("MultiHeadAttention", heads, f"{here}read", _MICROSOFT, num_heads=HEADS)


def _linear(graph: Graph, name: str, source: str, weight: Array, bias: Array) -> str:
    product = graph.node("MatMul", [source, graph.constant(f"{name}.weight", weight.T)], f"{name}.product")
    return graph.node("Add", [product, graph.constant(f"{name}.bias", bias)], name)


def _head(graph: Graph, weights: Weights, states: list[str]) -> None:
    mix = np.exp(weights["mix"] - weights["mix"].max())
    parts = [
        graph.node("Mul", [state, graph.constant(f"state.{index}.share", share)], f"state.{index}.part")
        for index, (state, share) in enumerate(
            zip(states, (mix / mix.sum()).astype(np.float32).reshape(-1, 1), strict=True)
        )
    ]
    graph.node("Sum", parts, "mixed")
    graph.node("Gather", ["shapes", "wanted"], "shapes.wanted", axis=1)
    graph.constant("shape.late", weights["shape_out.weight"])
    graph.node("Gather", ["shape.late", "shapes.wanted"], "shape.three")
    graph.constant("flat", np.array([0, 0, 3 * SHAPE_WIDTH], dtype=np.int64))
    graph.node("Reshape", ["shape.three", "flat"], "shape.row")
    graph.node("Concat", ["mixed", "shape.row"], "features", axis=-1)
    graph.constant("hidden.weight", weights["hidden.weight"].T)
    graph.constant("scores.weight", weights["scores.weight"].T)
    graph.node("MatMul", ["features", "hidden.weight"], "hidden.sum")
    graph.node("Add", ["hidden.sum", graph.constant("hidden.bias", weights["hidden.bias"])], "hidden.biased")
    graph.node("Gelu", ["hidden.biased"], "hidden")
    graph.node("MatMul", ["hidden", "scores.weight"], "scores.sum")
    graph.node("Add", ["scores.sum", graph.constant("scores.bias", weights["scores.bias"])], "scores")


if __name__ == "__main__":
    write(stored_weights(Path(sys.argv[2])), Path(sys.argv[1]))
