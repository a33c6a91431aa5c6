"""An ONNX model's graph while it is rewritten: nodes and constants, and what is to stand in their place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np


class Graph:
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
        """The one node that needs ``name``, if there is just one and it is of that kind."""
        users = self.users[name]
        return users[0] if len(users) == 1 and users[0].op_type == kind else None

    def other_input(self, node: Any, name: str) -> str:
        """What a node of two inputs takes besides ``name``."""
        return next(str(each) for each in node.input if each != name)

    def constant(self, name: str, value: Any, kind: Any = np.float32) -> str:
        """The name of a constant, added if it is not there."""
        self._new[name] = np.ascontiguousarray(value, dtype=kind)
        return name

    def replace(self, output: str, nodes: Sequence[Any]) -> None:
        """From now on ``nodes`` make ``output``; what made it before goes unless something else needs it."""
        self._instead[output] = list(nodes)

    def finish(self) -> Any:
        """The model with everything replaced, without what nothing needs any more."""
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
