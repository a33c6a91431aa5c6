"""Kokoro's graph rewritten so that onnxruntime says a sentence in six tenths of the time; done once.

Nothing is learnt or dropped: the same weights and the same steps, put in operators that run faster.

- ``ConvInteger`` (70 % of the time) lays the windows of a convolution out column by column and packs them anew for each
  product. Here time comes first: the windows are laid out by copying whole rows with one ``Gather``, and
  ``MatMulInteger`` multiplies them by weights that are packed once. The weights get a scale for each channel instead of
  one for all.
- Adaptive instance normalisation, eight operators that each go through all samples, becomes ``InstanceNormalization``
  with the style's scale and shift.
- The snake that follows it, x + sin(ax)^2 / a (Ziyin et al. 2020, arXiv 2006.08195), is (z - cos z) / 2a + 1 / 2a for
  z = 2ax, and the normalisation gives z at once.
- Other squares by ``Pow`` become products.

Needs the package ``onnx`` (extra ``voice``).
"""

import contextlib
import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant.speech.neural_files import MODEL, QUICKER_FILES, QUICKER_NAME
from assistant.speech.onnx_graph import Graph

_INT8_MOST = 127


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
    for earlier in folder.glob(QUICKER_FILES):
        if earlier != quicker:
            with contextlib.suppress(OSError):  # a server of an earlier version may still read it
                earlier.unlink()
    return quicker


def write_quicker(source: Path, target: Path) -> None:
    """Write the model at ``source`` rewritten to ``target``; the result needs nothing besides onnxruntime.

    Raises:
        ValueError: it is not the model that this is made for.
    """
    import onnx

    graph = Graph(onnx.load(str(source)))
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


def _convolutions(graph: Graph) -> int:
    found = 0
    for node in graph.nodes:
        if node.op_type == "ConvInteger" and _strides(node) == [1]:
            found += _convolution(graph, node)
    return found


def _strides(node: Any) -> list[int]:
    return _attribute(node, "strides", [1])


def _attribute(node: Any, name: str, default: list[int]) -> list[int]:
    return next((list(each.ints) for each in node.attribute if each.name == name), default)


def _convolution(graph: Graph, node: Any) -> bool:
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


def _bias(graph: Graph, name: str) -> Any | None:
    """The bias behind Reshape, Cast and Floor of what was divided by the scale; None if it is not there."""
    for _ in range(4):
        made = graph.maker.get(name)
        if made is None:
            return None
        name = made.input[0]
        if made.op_type == "Div":
            return graph.constants.get(name)
    return None


def _as_product(graph: Graph, node: Any, weights: Any, bias: Any | None, output: str) -> list[Any]:
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


def _windows(graph: Graph, node: Any, rows: str, zero: str, width: int) -> list[Any]:
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
    none, one = graph.constant("none", 0, np.int64), graph.constant("one", 1, np.int64)
    axis = graph.constant("axis/1", [1], np.int64)
    reach = graph.constant(f"reach/{width}/{apart}", [(width - 1) * apart], np.int64)
    seen = graph.constant(f"seen/{width}/{apart}", np.arange(width)[None] * apart, np.int64)
    flat = graph.constant("by time", [1, 0, -1], np.int64)
    return [
        *nodes,
        helper.make_node("Shape", [rows], [f"{own}/length"], start=1, end=2),
        helper.make_node("Sub", [f"{own}/length", reach], [f"{own}/times"]),
        helper.make_node("Squeeze", [f"{own}/times"], [f"{own}/until"]),
        helper.make_node("Range", [none, f"{own}/until", one], [f"{own}/starts"]),
        helper.make_node("Unsqueeze", [f"{own}/starts", axis], [f"{own}/column"]),
        helper.make_node("Add", [f"{own}/column", seen], [f"{own}/places"]),
        helper.make_node("Gather", [rows, f"{own}/places"], [f"{own}/gathered"], axis=1),
        helper.make_node("Reshape", [f"{own}/gathered", flat], [f"{own}/windows"]),
    ]


def _normalisations(graph: Graph) -> int:
    found = 0
    for node in graph.nodes:
        mean = graph.maker.get(node.input[1]) if node.op_type == "Sub" else None
        if mean is not None and mean.op_type == "ReduceMean" and mean.input[0] == node.input[0]:
            found += _normalisation(graph, node)
    return found


def _normalisation(graph: Graph, centred: Any) -> int:
    """(x - mean) / sqrt(variance + epsilon), times a scale plus a shift for each channel, once or with several styles.

    Returns:
        How many were replaced.
    """
    divided = next((each for each in graph.users[centred.output[0]] if each.op_type == "Div"), None)
    root = graph.maker.get(divided.input[1]) if divided is not None else None
    if divided is None or root is None or root.op_type != "Sqrt":
        return 0
    epsilon = next(
        (graph.constants[each] for each in graph.maker[root.input[0]].input if each in graph.constants), None
    )
    scaled = [each for each in graph.users[divided.output[0]] if each.op_type == "Mul"]
    shifted = [added for each in scaled if (added := graph.only_user(each.output[0], "Add"))]
    if epsilon is None or len(shifted) != len(graph.users[divided.output[0]]):
        return 0
    for multiplied, added in zip(scaled, shifted, strict=True):
        scale = graph.other_input(multiplied, divided.output[0])
        shift = graph.other_input(added, multiplied.output[0])
        _normalised(graph, centred.input[0], (scale, shift), str(added.output[0]), float(epsilon))
    return len(scaled)


def _normalised(graph: Graph, signal: str, factors: tuple[str, str], output: str, epsilon: float) -> None:
    """One ``InstanceNormalization`` in the place of ``output``, together with the snake that may follow it."""
    from onnx import helper

    flat = graph.constant("flat", [-1], np.int64)
    names = [f"{output}/scale", f"{output}/shift"]
    nodes = [helper.make_node("Reshape", [factor, flat], [name]) for factor, name in zip(factors, names, strict=True)]
    snake = _snake(graph, output)
    if snake is None:
        nodes.append(helper.make_node("InstanceNormalization", [signal, *names], [output], epsilon=epsilon))
        graph.replace(output, nodes)
        return
    alpha, snaked = snake
    twice = graph.constant(f"{output}/twice", 2 * alpha)
    turned = [f"{name}/turned" for name in names]
    nodes += [helper.make_node("Mul", [name, twice], [other]) for name, other in zip(names, turned, strict=True)]
    nodes.append(helper.make_node("InstanceNormalization", [signal, *turned], [f"{output}/turned"], epsilon=epsilon))
    graph.replace(snaked, [*nodes, *_from_turned(graph, output, alpha, snaked)])


def _snake(graph: Graph, output: str) -> tuple[Any, str] | None:
    """The alphas of the snake that ``output`` goes through, and what comes of it; None if something else follows."""
    products = [each for each in graph.users[output] if each.op_type == "Mul"]
    alpha = graph.constants.get(graph.other_input(products[0], output)) if len(products) == 1 else None
    sine = graph.only_user(products[0].output[0], "Sin") if alpha is not None else None
    square = graph.only_user(sine.output[0], "Pow") if sine else None
    divided = graph.only_user(square.output[0], "Mul") if square else None
    added = graph.only_user(divided.output[0], "Add") if divided else None
    if alpha is None or square is None or added is None or output not in added.input or len(graph.users[output]) != 2:
        return None
    share = graph.constants.get(graph.other_input(divided, square.output[0]))
    if share is None or not np.allclose(share * alpha, 1.0, atol=1e-3):
        return None
    return alpha.ravel(), str(added.output[0])


def _from_turned(graph: Graph, own: str, alpha: Any, output: str) -> list[Any]:
    """(z - cos z) / 2a + 1 / 2a."""
    from onnx import helper

    half, size = graph.constant(f"{own}/half", 0.5 / alpha), len(alpha)
    zeros, ones = graph.constant(f"zeros/{size}", np.zeros(size)), graph.constant(f"ones/{size}", np.ones(size))
    turned = f"{own}/turned"
    return [
        helper.make_node("Cos", [turned], [f"{own}/cosine"]),
        helper.make_node("Sub", [turned, f"{own}/cosine"], [f"{own}/wave"]),
        # A scale and a shift for each channel in one go, which this is when mean and variance are none.
        helper.make_node("BatchNormalization", [f"{own}/wave", half, half, zeros, ones], [output], epsilon=0.0),
    ]


def _squares(graph: Graph) -> None:
    from onnx import helper

    for node in graph.nodes:
        power = graph.constants.get(node.input[1]) if node.op_type == "Pow" else None
        if power is not None and np.array_equal(power, 2):
            graph.replace(node.output[0], [helper.make_node("Mul", [node.input[0]] * 2, [node.output[0]])])
