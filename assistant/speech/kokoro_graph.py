"""Kokoro's graph rewritten so that onnxruntime says a sentence in two thirds of the time; done once.

Nothing is learnt or dropped: the same weights and the same steps, put in operators that run faster.

- ``ConvInteger`` (70 % of the time) lays the windows of a convolution out column by column and packs them anew for each
  product. Here time comes first: the windows are laid out by copying whole rows, and ``MatMulInteger`` multiplies them
  by weights that are packed once. The weights get a scale for each channel instead of one for all.
- Adaptive instance normalisation, eight operators that each go through all samples, becomes ``InstanceNormalization``
  with the style's scale and shift.
- Squares by ``Pow`` become products.

Needs the package ``onnx`` (extra ``voice``).
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.speech.neural_files import MODEL, QUICKER_NAME

_ENDLESS = 2**62  # what ONNX understands as "to the end" of a slice
_INT8_MOST = 127


class _Graph:
    """A model's nodes and constants, and what is to stand in their place."""

    def __init__(self, model: Any) -> None:
        from onnx import numpy_helper

        self.model = model
        self.nodes = list(model.graph.node)
        self.constants = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        self.maker = {output: node for node in self.nodes for output in node.output}
        self.users: dict[str, list[Any]] = defaultdict(list)
        for node in self.nodes:
            for name in node.input:
                self.users[name].append(node)
        self._new: dict[str, Any] = {}
        self._instead: dict[str, list[Any]] = {}

    def only_user(self, name: str, kind: str) -> Any | None:
        users = self.users[name]
        return users[0] if len(users) == 1 and users[0].op_type == kind else None

    def other_input(self, node: Any, name: str) -> str:
        return next(str(each) for each in node.input if each != name)

    def constant(self, name: str, value: Any, kind: Any = np.float32) -> str:
        """The name of a constant, added if it is not there."""
        self._new[name] = np.ascontiguousarray(value, dtype=kind)
        return name

    def replace(self, output: str, nodes: Sequence[Any]) -> None:
        """From now on ``nodes`` make ``output``; what made it before goes unless something else needs it."""
        self._instead[output] = list(nodes)

    def finish(self) -> Any:
        from onnx import numpy_helper

        nodes = [node for node in self.nodes if not set(node.output) & set(self._instead)]
        nodes += [node for instead in self._instead.values() for node in instead]
        graph = self.model.graph
        ordered = _ordered(nodes, [each.name for each in graph.output])
        needed = {name for node in ordered for name in node.input}
        kept = [each for each in graph.initializer if each.name in needed and each.name not in self._new]
        kept += [numpy_helper.from_array(value, name) for name, value in self._new.items() if name in needed]
        del graph.node[:]
        graph.node.extend(ordered)
        del graph.initializer[:]
        graph.initializer.extend(kept)
        return self.model


def _ordered(nodes: Iterable[Any], outputs: Sequence[str]) -> list[Any]:
    """The nodes that the outputs need, each after those that it needs."""
    maker = {output: node for node in nodes for output in node.output}
    done: set[str] = set()
    ordered: list[Any] = []
    open_names: list[tuple[str, bool]] = [(name, False) for name in outputs]
    while open_names:
        name, inputs_done = open_names.pop()
        if name in done or name not in maker:
            continue
        node = maker[name]
        if inputs_done:
            ordered.append(node)
            done.update(node.output)
        else:
            open_names.append((name, True))
            open_names.extend((each, False) for each in node.input)
    return ordered


def quickest(folder: Path) -> Path:
    """The model rewritten to run faster, made now if it is not there; as published where it cannot be made."""
    model, quicker = folder / MODEL.name, folder / QUICKER_NAME
    if quicker.is_file():
        return quicker
    try:
        write_quicker(model, quicker)
    except Exception as error:  # no onnx, a full disk, a folder that may not be written: it speaks all the same
        print(f"the model runs as published, more slowly: {type(error).__name__}: {error}", file=sys.stderr)
        return model
    return quicker


def write_quicker(source: Path, target: Path) -> None:
    """Write the model at ``source`` rewritten to ``target``; the result needs nothing besides onnxruntime.

    Raises:
        ValueError: it is not the model that this is made for.
    """
    import onnx

    graph = _Graph(onnx.load(str(source)))
    convolutions, normalisations = _convolutions(graph), _normalisations(graph)
    _squares(graph)
    if not convolutions or not normalisations:
        raise ValueError(f"{source.name} is not the model that is known")
    fresh = target.with_name(f"{target.name}.new")
    try:
        onnx.save(graph.finish(), str(fresh))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _convolutions(graph: _Graph) -> int:
    found = 0
    for node in graph.nodes:
        if node.op_type == "ConvInteger" and _strides(node) == [1]:
            found += _convolution(graph, node)
    return found


def _strides(node: Any) -> list[int]:
    return _attribute(node, "strides", [1])


def _attribute(node: Any, name: str, default: list[int]) -> list[int]:
    return next((list(each.ints) for each in node.attribute if each.name == name), default)


def _convolution(graph: _Graph, node: Any) -> bool:
    """One quantised convolution: ConvInteger, its bias (quantised too), Cast, and Mul by both scales."""
    last, bias = node, None
    if added := graph.only_user(last.output[0], "Add"):
        bias = _bias(graph, graph.other_input(added, last.output[0]))
        if bias is None:
            return False
        last = added
    cast = graph.only_user(last.output[0], "Cast")
    scaled = graph.only_user(cast.output[0], "Mul") if cast else None
    if cast is None or scaled is None:
        return False
    scales = graph.maker[graph.other_input(scaled, cast.output[0])]
    scale = next((graph.constants[each] for each in scales.input if each in graph.constants), None)
    if scale is None or scales.op_type != "Mul":
        return False
    zero = graph.constants[node.input[3]].astype(np.int32) if len(node.input) > 3 and node.input[3] else 0
    weights = (graph.constants[node.input[1]].astype(np.int32) - zero) * scale
    graph.replace(scaled.output[0], _as_product(graph, node, weights.astype(np.float32), bias, scaled.output[0]))
    return True


def _bias(graph: _Graph, name: str) -> Any | None:
    """The bias behind Reshape, Cast and Floor of what was divided by the scale; None if it is not there."""
    for _ in range(4):
        made = graph.maker.get(name)
        if made is None:
            return None
        name = made.input[0]
        if made.op_type == "Div":
            return graph.constants.get(name)
    return None


def _as_product(graph: _Graph, node: Any, weights: Any, bias: Any | None, output: str) -> list[Any]:
    """A convolution over time as one product: windows x (width * channels), times (width * channels) x channels."""
    from onnx import helper

    own = node.name
    quantised, scale, zero = graph.maker[node.input[0]].output
    step = np.maximum(np.abs(weights).max(axis=(1, 2)) / _INT8_MOST, np.finfo(np.float32).tiny)
    whole = np.clip(np.round(weights / step[:, None, None]), -_INT8_MOST, _INT8_MOST)
    packed = graph.constant(f"{own}/weights", whole.transpose(2, 1, 0).reshape(-1, len(whole)), np.int8)
    steps = graph.constant(f"{own}/steps", step)
    nodes = [helper.make_node("Transpose", [quantised], [f"{own}/rows"], perm=[0, 2, 1])]
    nodes += _windows(graph, node, f"{own}/rows", zero, weights.shape[2])
    nodes += [
        helper.make_node("MatMulInteger", [nodes[-1].output[0], packed, zero], [f"{own}/product"]),
        helper.make_node("Cast", [f"{own}/product"], [f"{own}/real"], to=1),
        helper.make_node("Mul", [scale, steps], [f"{own}/scale"]),
        helper.make_node("Mul", [f"{own}/real", f"{own}/scale"], [f"{own}/scaled"]),
    ]
    if bias is not None:
        added = [f"{own}/scaled", graph.constant(f"{own}/bias", bias.ravel())]
        nodes.append(helper.make_node("Add", added, [f"{own}/biased"]))
    nodes.append(helper.make_node("Transpose", [nodes[-1].output[0]], [output], perm=[0, 2, 1]))
    return nodes


def _windows(graph: _Graph, node: Any, rows: str, zero: str, width: int) -> list[Any]:
    """What the convolution sees at each time, side by side; nothing to do for a width of one."""
    from onnx import helper

    own, nodes = node.name, []
    before, after = _attribute(node, "pads", [0, 0])
    if before or after:
        ends = graph.constant(f"pads/{before}/{after}", [0, before, 0, 0, after, 0], np.int64)
        nodes.append(helper.make_node("Pad", [rows, ends, zero], [f"{own}/padded"]))
        rows = f"{own}/padded"
    if width == 1:
        return nodes
    apart = _attribute(node, "dilations", [1])[0]
    axis = graph.constant("axis/1", [1], np.int64)
    for place in range(width):
        first = graph.constant(f"at/{place * apart}", [place * apart], np.int64)
        left = (width - 1 - place) * apart
        last = graph.constant(f"to/{left}", [-left if left else _ENDLESS], np.int64)
        nodes.append(helper.make_node("Slice", [rows, first, last, axis], [f"{own}/at/{place}"]))
    seen = [f"{own}/at/{place}" for place in range(width)]
    return [*nodes, helper.make_node("Concat", seen, [f"{own}/windows"], axis=2)]


def _normalisations(graph: _Graph) -> int:
    found = 0
    for node in graph.nodes:
        mean = graph.maker.get(node.input[1]) if node.op_type == "Sub" else None
        if mean is not None and mean.op_type == "ReduceMean" and mean.input[0] == node.input[0]:
            found += _normalisation(graph, node)
    return found


def _normalisation(graph: _Graph, centred: Any) -> bool:
    """(x - mean) / sqrt(variance + epsilon) * scale + shift, with a scale and a shift for each channel."""
    from onnx import helper

    divided = next((each for each in graph.users[centred.output[0]] if each.op_type == "Div"), None)
    root = graph.maker.get(divided.input[1]) if divided is not None else None
    if divided is None or root is None or root.op_type != "Sqrt":
        return False
    epsilon = next(
        (graph.constants[each] for each in graph.maker[root.input[0]].input if each in graph.constants), None
    )
    scaled = graph.only_user(divided.output[0], "Mul")
    shifted = graph.only_user(scaled.output[0], "Add") if scaled else None
    if epsilon is None or scaled is None or shifted is None:
        return False
    own, flat = centred.name, graph.constant("flat", [-1], np.int64)
    scale = graph.other_input(scaled, divided.output[0])
    shift = graph.other_input(shifted, scaled.output[0])
    inputs = [centred.input[0], f"{own}/scale", f"{own}/shift"]
    graph.replace(
        shifted.output[0],
        [
            helper.make_node("Reshape", [scale, flat], [f"{own}/scale"]),
            helper.make_node("Reshape", [shift, flat], [f"{own}/shift"]),
            helper.make_node("InstanceNormalization", inputs, [shifted.output[0]], epsilon=float(epsilon)),
        ],
    )
    return True


def _squares(graph: _Graph) -> None:
    from onnx import helper

    for node in graph.nodes:
        power = graph.constants.get(node.input[1]) if node.op_type == "Pow" else None
        if power is not None and np.array_equal(power, 2):
            graph.replace(node.output[0], [helper.make_node("Mul", [node.input[0]] * 2, [node.output[0]])])
