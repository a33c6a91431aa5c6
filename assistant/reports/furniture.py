"""Lines that belong to the page and not to the report: tools, greetings, ways on, the site's foot.

Only short lines that are nothing but furniture match; a sentence that mentions such words does not.
"""

import re

from assistant.reports.fields import squeeze

_LONGEST = 200  # characters

# Buttons and single words of tool bars; a line made of these alone is a tool bar.
_TOOL_WORDS = (
    "字体 字号 大 中 小 特大 超大 默认 分享到 分享 打印本页 打印 关闭窗口 关闭本页 关闭 收藏本页 "
    "加入收藏 收藏 下载 返回顶部 回到顶部 返回 首页 网站首页 切换 微信 微博 新浪微博 腾讯微博 "
    "QQ空间 QQ好友 QQ 朋友圈 复制链接 设为首页 繁体版 繁體版 简体版 繁体 繁體 简体 手机版 "
    "移动版 无障碍浏览 无障碍阅读 无障碍 长者模式 长者助手 长者版 适老化 关怀版 登录 注册 搜索 退出 "
    "English A+ A- 上一页 下一页 尾页 末页 网站地图 隐私声明 关于我们 关于本站 联系我们 "
    "视力保护色 语音播报 朗读 播报 暂停 停止"
).split()
_TOOLS = re.compile("|".join(re.escape(word) for word in sorted(_TOOL_WORDS, key=len, reverse=True)))
_PUNCTUATION = re.compile(r"[\W_]+")

_LINES = re.compile(
    "|".join(
        (
            r"[【\[(]?字[体号][:】].{0,60}",
            r"分享(到|至)?[:].{0,40}",
            r"(手机|微信|用手机|用微信)?扫(一扫|码|描)([^。,;\d]{0,20}(手机|微信|朋友圈|分享|打开|关注|浏览|阅读|查看|当前|本页)[^。,;\d]{0,12})?",
            r"(早上|清晨|上午|中午|下午|傍晚|晚上|夜里|您|你|大家)好[!,。.~]*我是.{1,10}",
            r"点击.{0,8}(语音|播报|朗读|收听).{0,8}",
            r"[上下]一([篇则].{0,100}|[条页](:.{0,100})?)",
            r"(相关|推荐|延伸|热点|最新)(链接|文章|新闻|阅读|信息|稿件|推荐|文件|解读)([:].{0,100})?",
            r"(您|你)?(的|所在|当前|现在)*位置(是|为)?[:].{0,120}",
            r"[^>›》。]{1,20}([>›»][^>›»。]{1,30}){2,}",
            r"(主办|承办|协办|主管|维护|运行维护|技术支持)(单位|部门)?[:].{1,150}",
            r"(版权所有|版权归|copyright|©).{0,100}",
            r".{0,80}(icp备|公网安备|网站标识码|网站备案).{0,100}",
            r"备案号[:].{0,100}",
            r"(建议|推荐|最佳).{0,10}(分辨率|浏览器|浏览).{0,60}",
            r"(网站地图|联系我们|隐私声明|关于我们).{0,20}[|].{0,60}",
        )
    ),
    re.IGNORECASE,
)
# Notices are sentences; all else that ends like a sentence is one of the report's.
_NOTICE = re.compile(
    r"本(网页|网站|页面|页|站|网)(为|所|仅|的|内容|信息|展示).{0,60}(演示|虚构|仅供参考|转载|免责).{0,60}"
)
# What stands only below a report: where one is met after the last prose, the report is over.
_BELOW = re.compile(
    r"扫(一扫|码|描)|.{1,2}一[篇条]|.{2}好[!,。.~]*我是|(相关|推荐|延伸)(链接|文章|新闻|阅读)|主办|承办|版权|.{0,80}(icp备|公网安备)",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether a line is nothing but page furniture."""
    if len(text) > _LONGEST:
        return False
    line = squeeze(text)
    if _NOTICE.fullmatch(line):
        return True
    return line[-1:] not in ("。", ";") and (bool(_LINES.fullmatch(line)) or _is_tool_bar(line))


def ends_report(text: str) -> bool:
    """Whether a line is furniture that stands below a report only."""
    return is_furniture(text) and bool(_BELOW.match(squeeze(text)))


def _is_tool_bar(line: str) -> bool:
    left = _PUNCTUATION.sub("", _TOOLS.sub("", line))
    return left == "" and bool(_TOOLS.search(line))
