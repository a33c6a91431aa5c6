"""Compilations of what was asked most (热点问题汇编), every version of them; each method is one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from assistant.store.audit_table import record
from assistant.store.database import Database
from assistant.store.question_models import CompilationRow, CompilationVersionRow


@dataclass(frozen=True)
class CompiledItem:
    """One question of a compilation.

    Attributes:
        question: as readers read it.
        answer: the published words; empty as long as there are none.
        times: how often it was asked in the period.
        entry_id: the FAQ entry the answer was taken from; may be empty.
    """

    question: str
    answer: str
    times: int
    entry_id: str = ""


@dataclass(frozen=True)
class CompilationText:
    """What one version of a compilation says."""

    title: str
    intro: str
    items: tuple[CompiledItem, ...]


@dataclass(frozen=True)
class Compilation:
    """A compilation as it stands.

    Attributes:
        id: its id.
        first_day: the first day of its period.
        last_day: the last day.
        department: whose questions; empty for all.
        version: the number of the version in ``text``.
        text: what it says.
        editor: the login of who saved that version.
        newest_version: the number of the newest version.
        published_version: the version that is public; None where none is.
        published: since when, an aware time; None where none is.
    """

    id: int
    first_day: date
    last_day: date
    department: str
    version: int
    text: CompilationText
    editor: str
    newest_version: int
    published_version: int | None
    published: datetime | None


_COLUMNS = (
    CompilationRow.id,
    CompilationRow.first_day,
    CompilationRow.last_day,
    CompilationRow.department,
    CompilationVersionRow.version,
    CompilationVersionRow.title,
    CompilationVersionRow.intro,
    CompilationVersionRow.items,
    CompilationVersionRow.editor,
    CompilationRow.newest_version,
    CompilationRow.published_version,
    CompilationRow.published,
)


class CompilationTable:
    """Compilations in and out; usable from many threads and processes, errors are those of ``Store``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, first: date, last: date, department: str, text: CompilationText, by: str, at: datetime) -> int:
        """Begins a compilation; its id."""
        row = {"first_day": first, "last_day": last, "department": department, "created": at, "newest_version": 1}
        with self._database.write() as connection:
            making = insert(CompilationRow).values(**row).returning(CompilationRow.id)
            made = connection.execute(making).scalar_one()
            _put(connection, made, 1, text, by, at)
            return made

    def save(self, compilation: int, base: int, text: CompilationText, by: str, at: datetime) -> bool:
        """Saves a new version; False, and nothing done, where ``base`` is not the newest one."""
        newest = update(CompilationRow).where(CompilationRow.id == compilation, CompilationRow.newest_version == base)
        with self._database.write() as connection:
            if not connection.execute(newest.values(newest_version=base + 1)).rowcount:
                return False
            _put(connection, compilation, base + 1, text, by, at)
        return True

    def publish(
        self, compilation: int, version: int | None, by: str, at: datetime, told: Mapping[str, Any] | None = None
    ) -> bool:
        """Makes a version public, or with None withdraws what is; False where there is no such compilation.

        Args:
            compilation: which.
            version: of it.
            by: who does it.
            at: when.
            told: what else stands in the audit log.
        """
        change = update(CompilationRow).where(CompilationRow.id == compilation)
        with self._database.write() as connection:
            values = {"published_version": version, "published": at if version else None}
            if not connection.execute(change.values(**values)).rowcount:
                return False
            action = "compilation.published" if version else "compilation.withdrawn"
            record(connection, by, action, f"compilation:{compilation}", {"version": version, **(told or {})})
        return True

    def get(self, compilation: int, version: int | None = None) -> Compilation | None:
        """A compilation in its newest version, or in this one; None where there is none."""
        wanted = CompilationRow.newest_version if version is None else version
        query = _joined().where(CompilationRow.id == compilation, CompilationVersionRow.version == wanted)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _compilation(tuple(row))

    def editors_since(self, compilation: int, version: int) -> frozenset[str]:
        """Who saved the versions after this one."""
        row = CompilationVersionRow
        query = select(row.editor).where(row.compilation_id == compilation, row.version > version)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def public(self, compilation: int) -> Compilation | None:
        """A compilation in the version that is public; None where none is."""
        found = self.get(compilation)
        if found is None or found.published_version is None:
            return None
        return self.get(compilation, found.published_version)

    def newest(self, limit: int, *, public: bool = False) -> list[Compilation]:
        """The newest compilations, in their newest versions, or those that are public in theirs."""
        wanted = CompilationRow.published_version if public else CompilationRow.newest_version
        query = _joined().where(CompilationVersionRow.version == wanted).order_by(CompilationRow.id.desc())
        with self._database.read() as connection:
            return [_compilation(tuple(row)) for row in connection.execute(query.limit(limit))]


def _joined() -> Select[Any]:
    return select(*_COLUMNS).join(CompilationVersionRow, CompilationVersionRow.compilation_id == CompilationRow.id)


def _put(connection: Connection, compilation: int, version: int, text: CompilationText, by: str, at: datetime) -> None:
    items = [asdict(each) for each in text.items]
    row = {"title": text.title, "intro": text.intro, "items": items, "editor": by, "saved": at}
    connection.execute(insert(CompilationVersionRow).values(compilation_id=compilation, version=version, **row))
    record(connection, by, "compilation.saved", f"compilation:{compilation}", {"version": version})


def _compilation(row: Sequence[Any]) -> Compilation:
    number, first, last, department, version, title, intro, items, editor, newest, public, since = row
    text = CompilationText(title, intro, tuple(CompiledItem(**each) for each in items))
    return Compilation(number, first, last, department, version, text, editor, newest, public, since)
