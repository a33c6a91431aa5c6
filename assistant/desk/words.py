"""The word lists that staff keep, edited, checked and versioned: lexicon, synonyms, spoken words, days off and others.

A change is proposed, with what it does to the golden questions, and takes effect when somebody else lets it pass.
The files of the data directory stay what the services read: they can be edited by hand as before, which shows as a
version of its own. A version is in the store before its file is written, so that none that was acknowledged is lost.
"""

import hashlib
import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from assistant.desk.four_eyes import checks_alone
from assistant.desk.handling import REASON_MOST, Staff
from assistant.desk.plain_text import bounded, one_line
from assistant.desk.workdays import read_workdays
from assistant.errors import AnanError, BadInput, NotFound, os_reason
from assistant.language.segmentation import read_lexicon
from assistant.language.synonyms import read_synonyms
from assistant.language.ways import read_ways
from assistant.resources import staff_file
from assistant.store import Store
from assistant.store.word_table import WordProposal, WordVersion, worse_in

# Characters of a list: some ten thousand lines.
LIST_MOST = 200_000
VERSIONS_SHOWN = 50
_BY_HAND = "（直接改文件）"
Check = Callable[[Path], None]


@dataclass(frozen=True)
class WordList:
    """A list that staff keep.

    Attributes:
        name: of its file.
        title: what people call it.
        form: how a line is written.
        asks: whether it changes what is answered, so that the golden questions can tell.
        check: refuses a file that is not of the form.
    """

    name: str
    title: str
    form: str
    asks: bool
    check: Check


@dataclass(frozen=True)
class WordText:
    """A list as it is now.

    Attributes:
        list: which.
        text: the whole of it.
        digest: of the text, so that nobody overwrites unseen what another saved.
        versions: the newest versions, the newest first.
        proposal: the change that waits to be let pass; None where none does.
    """

    list: WordList
    text: str
    digest: str
    versions: tuple[WordVersion, ...]
    proposal: WordProposal | None


@dataclass(frozen=True)
class WordEdit:
    """A list as somebody edited it, and what they had before them when they began.

    Attributes:
        text: the whole list.
        digest: of the text that was edited.
        waiting: the number of the change that waited; empty where none did.
    """

    text: str
    digest: str
    waiting: str = ""


def _synonyms(path: Path) -> None:
    read_synonyms(path)


def _ways(path: Path) -> None:
    read_ways(path)


def _lexicon(path: Path) -> None:
    read_lexicon(path)


def _workdays(path: Path) -> None:
    read_workdays(path.read_text(encoding="utf-8"), path.name)


_GROUP = "每行一组意思相同的词，用空格分开；“#”后面是注释"
_ONE_WAY = f"{_GROUP}；“市民说的 > 报告写的”只朝一个方向，> 后面空着表示这个词不算数"
LISTS = {
    each.name: each
    for each in (
        WordList("lexicon.txt", "词典", "每行：词语 [词频] [词性]；“#”后面是注释", True, _lexicon),
        WordList("synonyms.txt", "同义词", _GROUP, True, _synonyms),
        WordList("everyday.txt", "日常说法（常见问题）", _GROUP, True, _synonyms),
        WordList("spoken.txt", "口语说法（发生了什么）", _ONE_WAY, True, _ways),
        WordList("spoken-things.txt", "口语说法（人和东西）", _ONE_WAY, True, _ways),
        WordList("workdays.txt", "放假和调休", "每行：休 2026-10-01 2026-10-07，或：班 2026-10-10", False, _workdays),
    )
}


class Words:
    """The rules of the word lists.

    Args:
        store: where versions are kept.
        data: the data directory, whose files the services read.
        lists: which lists there are; ``LISTS``, and those that other rooms check.
        apply: told the name of a list whose file changed, so that it takes effect.
    """

    def __init__(self, store: Store, data: Path, lists: dict[str, WordList], apply: Callable[[str], None]) -> None:
        self._store = store
        self._kept = store.words
        self._data = data
        self.lists = lists
        self._apply = apply
        self._lock = threading.Lock()

    def see(self, name: str) -> WordText:
        """A list as it is now, and its versions.

        Raises:
            NotFound: there is no such list.
            BadInput: its file cannot be read.
        """
        known = self._known(name)
        with self._lock:
            text = self._text(name)
            versions = self._kept.newest(name, VERSIONS_SHOWN)
            by_hand = versions[0].text != text if versions else (self._data / name).is_file()
            if by_hand:
                self._kept.add(name, text, _BY_HAND, "", written=True, characters=0)
                versions = self._kept.newest(name, VERSIONS_SHOWN)
        return WordText(known, text, digest_of(text), tuple(versions), self._kept.proposal(name))

    def check(self, name: str, text: str) -> str:
        """The list as it would be saved.

        Raises:
            NotFound: there is no such list.
            BadInput: a line is not of the form; the message names it.
        """
        known = self._known(name)
        plain = "\n".join(line.rstrip() for line in bounded(text, LIST_MOST, known.title).splitlines()).strip() + "\n"
        if "\x00" in plain:
            raise BadInput("文字里有看不见的控制字符，请删去后再试。", code="text_unseen")
        with tempfile.TemporaryDirectory(prefix="anan-words-") as folder:
            path = Path(folder) / name
            path.write_text(plain, encoding="utf-8")
            known.check(path)
        return plain

    def basis(self) -> str:
        """What tells whether anything that golden questions are answered from has changed."""
        lists = "".join(digest_of(self._text(name)) for name in sorted(self.lists) if self.lists[name].asks)
        return f"{self._store.revision()}-{digest_of(lists)}"

    def propose(
        self, person: Staff, name: str, edit: WordEdit, note: str = "", result: dict[str, Any] | None = None
    ) -> None:
        """Proposes a change of a list, in the place of the one that they saw wait; nothing takes effect yet.

        Args:
            person: whose change it is.
            name: of the list.
            edit: the change.
            note: why.
            result: what exactly this text does to the golden questions; for the lists that they ask.

        Raises:
            NotFound: there is no such list.
            BadInput: see ``check``; or the golden questions were not asked with it.
            AnanError: somebody changed the list meanwhile (409, ``changed_meanwhile``), or another change waits than
                they saw (409, ``proposal_waits``).
        """
        plain = self.check(name, edit.text)
        said = bounded(one_line(note), REASON_MOST, "说明")
        seen = self.see(name)  # what was edited by hand meanwhile is kept as a version
        if seen.digest != edit.digest:
            raise _changed()
        if seen.text == plain:
            raise BadInput("没有改动。", code="no_change")
        if seen.list.asks and result is None:
            raise BadInput("提交以前要先用标准问题试一试；试过以后又改了的，要再试一次。", code="words_untried")
        number = secrets.token_hex(8)
        made = datetime.now(timezone.utc)
        proposal = WordProposal(name, number, plain, edit.digest, person.login, said, result, made)
        if not self._kept.propose(proposal, edit.waiting):
            raise AnanError(
                "等审核的改动和您看到的不一样了，您的没有提交；请看过两份的差别再提交。",
                code="proposal_waits",
                status=409,
            )

    def is_stale(self, result: Mapping[str, Any] | None) -> bool:
        """Whether something was published, or a list changed, since the golden questions gave this result."""
        return result is not None and result.get("basis") != self.basis()

    def let_pass(
        self, person: Staff, name: str, number: str, reason: str = "", result: dict[str, Any] | None = None
    ) -> None:
        """Lets a change that waits pass: it takes effect at once.

        Args:
            person: who lets it pass; somebody else than its author, where there is anybody.
            name: of the list.
            number: of the proposal that they saw.
            reason: why, where golden questions get worse, or where they are alone; goes to the audit log.
            result: what the golden questions gave when they asked them themselves; else what the author's did.

        Raises:
            NotFound: there is no such list.
            BadInput: a reason is missing.
            AnanError: it is their own (403); it waits no more, the list was changed meanwhile, or what the golden
                questions are answered from was (409, ``words_stale``); or it cannot be written.
        """
        said = bounded(one_line(reason), REASON_MOST, "理由")
        seen = self.see(name)
        waiting = seen.proposal
        if waiting is None or waiting.number != number:
            raise AnanError("这份改动已经有人处理过了，请刷新再看。", code="changed_meanwhile", status=409)
        alone = checks_alone(self._store, person.login, {waiting.author}, said)
        told_by = result or waiting.result
        if self.is_stale(told_by):
            raise AnanError("试过以后又公布了别的，或改过词表；请照现在的再试一次。", code="words_stale", status=409)
        worse = worse_in(told_by)
        if worse and not said:
            raise BadInput("有标准问题会答得更差；仍要通过，请写明理由。", code="reason_missing")
        told: dict[str, Any] = {"worse": worse}
        told |= {"reason": said} if said else {}
        told |= {"alone": True} if alone else {}
        with self._lock:
            before = self._text(name)
            if digest_of(before) != waiting.digest:
                raise _changed()
            if not self._kept.newest(name, 1):
                self._kept.add(name, before, _BY_HAND, "原来的", written=True, characters=0)
            added = self._kept.pass_on(waiting, person.login, len(waiting.text) - len(before), told)
            if added is None:
                raise _changed()
            _write(self._data / name, waiting.text)
            self._kept.was_written(added)
        self._apply(name)

    def refuse(self, person: Staff, name: str, number: str, remark: str) -> None:
        """Takes a change back that waits, by its author or who does not let it pass.

        Raises:
            NotFound: there is no such list.
            AnanError: it waits no more (409).
        """
        self._known(name)
        said = bounded(one_line(remark), REASON_MOST, "意见")
        if not self._kept.refuse(name, number, person.login, said):
            raise AnanError("这份改动已经有人处理过了，请刷新再看。", code="changed_meanwhile", status=409)

    def version(self, name: str, version_id: int) -> WordVersion:
        """One version of a list.

        Raises:
            NotFound: there is none.
        """
        found = self._kept.get(version_id)
        if found is None or found.name != self._known(name).name:
            raise NotFound("没有这个版本。", code="version_unknown")
        return found

    def _known(self, name: str) -> WordList:
        if name not in self.lists:
            raise NotFound("没有这份词表。", code="words_unknown")
        return self.lists[name]

    def _text(self, name: str) -> str:
        path = staff_file(self._data, name)
        try:
            return path.read_text(encoding="utf-8-sig") if path.is_file() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{name} 读不出来，应为 UTF-8 编码的文本文件") from error


def _changed() -> AnanError:
    return AnanError(
        "这份词表刚被别人改过，您的改动没有保存；请看过新的内容再改。", code="changed_meanwhile", status=409
    )


def recover_words(store: Store, data: Path) -> None:
    """Writes the lists that were saved when the process was killed before their files were.

    Raises:
        AnanError: one cannot be written.
    """
    for version in store.words.unwritten():
        _write(data / version.name, version.text)
        store.words.was_written(version.id)


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk."""
    written = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with written.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except OSError as error:
        message = f"{path.name} 写不进数据目录：{os_reason(error)}"
        raise AnanError(message, code="cannot_write", status=507) from error


def digest_of(text: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
