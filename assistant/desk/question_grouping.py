"""Groups of questions that one answer serves, grown question by question.

A question joins the group whose exemplars it is most like, or founds one. Exemplars are a group's first few wordings,
so that a group does not drift; those that share none of a question's rarer features are never looked at. The same
questions in the same order give the same groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.desk.question_reading import Signature, likeness

# Alike enough: chosen on the odd groups of the hand-labelled questions (tests/desk/question_groups.tsv).
ALIKE = 0.64
# Wordings that a group is compared by.
EXEMPLARS_MOST = 4
# Groups compared with at all: some 20 MB; more questions than these wait ungrouped until old groups go.
GROUPS_MOST = 20_000
# A feature that so many groups have points to none of them.
_SHARED_BY_MOST = 300
# Groups looked at closely for one question, those that share most first.
_CANDIDATES = 40


@dataclass(eq=False)
class Cluster:
    """One group as it is compared.

    Attributes:
        id: its id in the store; None as long as it is not kept.
        exemplars: what it is compared by.
    """

    id: int | None
    exemplars: list[Signature] = field(default_factory=list)

    def likeness(self, asked: Signature) -> float:
        """How like the question is to the likest exemplar."""
        return max(likeness(each, asked) for each in self.exemplars)


class Clusters:
    """All groups, ready to be compared with."""

    def __init__(self) -> None:
        self.all: list[Cluster] = []
        self._holders: dict[str, list[Cluster]] = {}

    def place(self, asked: Signature) -> tuple[Cluster | None, bool]:
        """The group of a question, founded where there is none like it, and whether the question is an exemplar of it.

        None where there are ``GROUPS_MOST`` groups and it is like none of them.
        """
        found = self.nearest(asked)
        if found is None:
            if len(self.all) >= GROUPS_MOST:
                return None, False
            found = Cluster(None)
            self.all.append(found)
        return found, self.add(found, asked)

    def nearest(self, asked: Signature, than: Cluster | None = None) -> Cluster | None:
        """The group most like the question, the older of two; None where none is alike enough.

        Args:
            asked: the question.
            than: another group than this one.
        """
        best, most = None, ALIKE
        for cluster in self._candidates(asked):
            share = cluster.likeness(asked) if cluster is not than else 0.0
            if share >= most and (best is None or share > most):
                best, most = cluster, share
        return best

    def add(self, cluster: Cluster, asked: Signature) -> bool:
        """Takes the question as an exemplar of a group; False where the group has enough of them."""
        if len(cluster.exemplars) >= EXEMPLARS_MOST:
            return False
        cluster.exemplars.append(asked)
        for feature in _features(asked):
            held = self._holders.setdefault(feature, [])
            if not held or held[-1] is not cluster:
                held.append(cluster)
        return True

    def load(self, exemplars: Iterable[tuple[int, Signature]]) -> None:
        """Takes in the exemplars of the groups that are kept."""
        known = {each.id: each for each in self.all}
        for group, signature in exemplars:
            if group not in known:
                known[group] = Cluster(group)
                self.all.append(known[group])
            self.add(known[group], signature)

    def _candidates(self, asked: Signature) -> list[Cluster]:
        shared: dict[int, float] = {}
        found: dict[int, Cluster] = {}
        for feature in _features(asked):
            held = self._holders.get(feature, ())
            if len(held) > _SHARED_BY_MOST:
                continue
            for cluster in held:
                key = id(cluster)
                found[key] = cluster
                shared[key] = shared.get(key, 0.0) + asked.topic.get(feature, 2.0)
        # The order of ``found`` is that of the groups' founding within a feature: ties fall to what was met first.
        best = sorted(found, key=lambda key: -shared[key])[:_CANDIDATES]
        return [found[key] for key in best]


def _features(asked: Signature) -> list[str]:
    """What a question is found by: its topic, and its figure with whose it is."""
    counted = [f"@{asked.counted}@{body}" for body in sorted(asked.bodies) or [""]] if asked.counted else []
    return [*asked.topic, *counted]
