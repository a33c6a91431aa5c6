"""What was done to somebody is not what he did: 有没有被处罚 is not answered by the penalties that the body imposed."""

import re

_DONE = "处罚|处分|问责|追究|追责|通报|批评|约谈|罚款|查处|曝光|开除|免职|扣分|警告|点名"
_ASKED = re.compile(rf"(?:被|挨|受到?过?|遭到?)(?:上级|人|公开)?(?P<done>{_DONE})")
_SUFFERED = r"(?:被|受到?|遭到?|遭受|没有|未|无)[^,，;；。]{0,16}"


def done_to(question: str) -> re.Pattern[str] | None:
    """What a sentence must hold where a folded question asks for something done to somebody; else None."""
    asked = _ASKED.search(question)
    return re.compile(f"{_SUFFERED}{asked['done']}") if asked else None
