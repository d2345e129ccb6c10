"""Write the trained network as an ONNX graph of fused operators, with 8-bit weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from network import HEADS, OUTPUTS, SHAPE_WIDTH, Tagger
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

_MICROSOFT = "com.microsoft"


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


def write(tagger: Tagger, path: Path) -> None:
    """Export to `path`: matrices with 8-bit weights a channel (7 bits used, so that older processors do not saturate)."""
    wide = path.with_suffix(".fp32.onnx")
    onnx.save(build(tagger), str(wide))
    quantize_dynamic(
        wide,
        path,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    wide.unlink()


def build(tagger: Tagger) -> onnx.ModelProto:
    """Build the graph: pieces [b, n], shapes [b, n, 3], lengths [b] (all int32) -> scores [b, n, 7]."""
    weights = {key: value.detach().float().numpy() for key, value in tagger.state_dict().items()}
    graph = Graph()
    states = [_embed(graph, weights)]
    for index in range(len(tagger.layers)):
        states.append(_layer(graph, weights, index, states[-1]))
    _head(graph, weights, states)
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT32, ["batch", "length"]),
        helper.make_tensor_value_info("shapes", TensorProto.INT32, ["batch", "length", 3]),
        helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
    ]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "length", OUTPUTS])]
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
    body = helper.make_graph(graph.nodes, "names", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=opsets, ir_version=9)


def _embed(graph: Graph, weights: dict[str, NDArray[np.float32]]) -> str:
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
    norm = [graph.constant(f"norm.{part}", weights[f"norm.{part}"]) for part in ("weight", "bias")]
    return graph.node("LayerNormalization", ["embed.all", *norm], "state.0", axis=-1, epsilon=1e-12)


def _layer(graph: Graph, weights: dict[str, NDArray[np.float32]], index: int, state: str) -> str:
    here = f"layers.{index}."

    def matrix(name: str) -> str:
        return graph.constant(f"{here}{name}.weight", weights[f"{here}{name}.weight"].T)

    def vector(name: str) -> str:
        return graph.constant(f"{here}{name}", weights[f"{here}{name}"])

    def linear(source: str, name: str) -> str:
        product = graph.node("MatMul", [source, matrix(name)], f"{here}{name}")
        return graph.node("Add", [product, vector(f"{name}.bias")], f"{here}{name}.biased")

    def joined(source: str, name: str, skip: str, norm: str, output: str) -> str:
        total = graph.node("Add", [linear(source, name), skip], f"{here}{norm}.total")
        scale = [vector(f"{norm}.weight"), vector(f"{norm}.bias")]
        return graph.node("LayerNormalization", [total, *scale], output, axis=-1, epsilon=1e-12)

    parts = [f"{here}{name}" for name in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [linear(state, "qkv")], parts, axis=-1, num_outputs=3))
    heads = [*parts, "", "lengths"]
    read = graph.node("MultiHeadAttention", heads, f"{here}read", _MICROSOFT, num_heads=HEADS)
    middle = joined(read, "out", state, "norm1", f"{here}middle")
    inner = graph.node("Gelu", [linear(middle, "up")], f"{here}inner")
    return joined(inner, "down", middle, "norm2", f"state.{index + 1}")


def _head(graph: Graph, weights: dict[str, NDArray[np.float32]], states: list[str]) -> None:
    mix = np.exp(weights["mix"] - weights["mix"].max())
    parts = [
        graph.node("Mul", [state, graph.constant(f"{state}.share", share)], f"{state}.part")
        for state, share in zip(states, (mix / mix.sum()).astype(np.float32).reshape(-1, 1), strict=True)
    ]
    graph.node("Sum", parts, "mixed")
    graph.constant("shape.late", weights["shape_out.weight"])
    graph.node("Gather", ["shape.late", "shapes"], "shape.three")
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
