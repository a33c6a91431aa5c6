"""When the office behind a report can be reached and where its site is, from the report's own text."""

import re

_TIME = r"\d{1,2}[:：]\d{2}"
_RANGE = rf"(?:上午|下午|早上)?{_TIME}\s?(?:至|到|[-—–~～]+)\s?{_TIME}"
_DAYS = r"(?:法定)?工作日|(?:周|星期)[一二三四五六日][至到—-](?:周|星期)?[一二三四五六日]|每周[^，,。；;（）()\d]{1,8}"
_HOURS = re.compile(rf"(?:(?:{_DAYS})[^，,。；;（）()\d]{{0,4}})?{_RANGE}(?:[，,、；;和及\s]{{0,2}}{_RANGE}){{0,3}}")
# A line that tells how to reach somebody; other hours in a report are those of events and of halls.
_REACHED = re.compile(r"办公时间|受理时间|工作时间|接待时间|咨询时间|联系|来电|受理咨询")
# The body's own site is said to be its portal, or where the report was published.
_SITE = re.compile(
    r"(?:门户网站|网站|网址|网上)[^。；;\n]{0,12}?(https?://[A-Za-z0-9][\w./?=&%#-]*|www\.[A-Za-z0-9][\w./-]*)",
    re.ASCII,
)


def office_hours(text: str) -> str:
    """The hours in which the office can be reached; empty where the text says none, or several."""
    found = {
        match.group() for line in text.split("\n") if _REACHED.search(line) for match in list(_HOURS.finditer(line))[:1]
    }
    return found.pop() if len(found) == 1 else ""


def web_address(text: str) -> str:
    """The address of the body's site; empty where the text gives none, or several."""
    found = {match[1].rstrip(".") for match in _SITE.finditer(text)}
    return found.pop() if len(found) == 1 else ""
