"""Who holds an office: a sentence answers only if it says it of the very office that was asked for.

组长由局长担任 names an office that the 局长 holds; it does not say who the 局长 is.
"""

import re

_OFFICE = r"[\u4e00-\u9fff]{0,6}?(?:[组局科处队院校部厅司市县区省]长|主任|书记|主席|负责人|责任人|发言人|秘书长)"
_ASKED = re.compile(
    rf"({_OFFICE})(?:现在|目前)?(?:是|叫|由|为)(?:谁|哪位|什么人|何人|什么名字|啥)|(?:谁|哪位|何人)(?:来)?(?:当|任|担任|做|是)(?:的|了)?({_OFFICE})"
)
# 副组长 is another office than 组长, but 领导小组组长 is the 组长 that was asked for.
_OTHER_RANK = r"(?<!副)(?<!常务副)"


def names_holder(question: str, sentence: str) -> bool:
    """Whether a folded sentence can say who holds the office that a folded question asks for.

    True as well where the question asks for no office.
    """
    asked = _ASKED.search(question)
    if asked is None:
        return True
    office = (asked[1] or asked[2])[-2:] if len(asked[1] or asked[2]) > 3 else asked[1] or asked[2]
    if "副" in (asked[1] or asked[2]):
        office = "副" + office.removeprefix("副")
    before = "" if office.startswith("副") else _OTHER_RANK
    held = rf"{before}{office}(?:仍|继续|也)?(?:由|是|为|叫|[:：])"
    holds = rf"(?:担任|兼任|出任|任|为)[^,，;；。]{{0,12}}?{before}{office}"
    return re.search(rf"{held}|{holds}", sentence) is not None
