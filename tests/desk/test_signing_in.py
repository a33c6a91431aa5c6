"""Sessions end in time, tries are counted however many come at once, and what people do is in the audit log."""

import threading
from datetime import datetime, timedelta, timezone

import pytest

from assistant.desk import OPERATOR, People, SigningIn
from assistant.desk.signing_in import ACCOUNT_TRIES, CODE_MINUTES, SESSIONS_MOST
from assistant.errors import AnanError, BadInput, NotFound
from assistant.store import Store

PASSWORD = "灯塔下面的第七只灰雀"


START = datetime(2026, 3, 2, 8, tzinfo=timezone.utc)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "anan.db") as opened:
        yield opened


@pytest.fixture
def people(store):
    made = People(store)
    made.add(OPERATOR, "chief", "管老王", "admin", "", PASSWORD, must_change=False)
    made.add(OPERATOR, "zhang", "张三", "editor", "", PASSWORD, must_change=False)
    return made


@pytest.fixture
def door(store, people, clock):
    return SigningIn(store, hours=12, idle_minutes=60, now=clock)


def test_a_session_ends_when_it_rests_and_when_it_is_old(door, clock):
    token = door.enter("zhang", PASSWORD, "192.0.2.1").token
    clock.forward(minutes=59)
    assert door.session(token).person.login == "zhang"
    clock.forward(minutes=61)
    assert door.session(token) is None
    token = door.enter("zhang", PASSWORD, "192.0.2.1").token
    for _ in range(14):
        clock.forward(minutes=50)
        assert door.session(token) is not None
    clock.forward(minutes=50)
    assert door.session(token) is None


def test_the_second_step_waits_a_few_minutes_only(door, people, clock):
    zhang = people.named("zhang")
    store = door._sessions
    from assistant.desk.signing_in import token_hash

    assert store.open(token_hash("t"), zhang.id, clock(), awaits_code=True, most=5)
    assert door.session("t").awaits_code
    clock.forward(minutes=CODE_MINUTES)
    assert door.session("t") is None


def test_more_browsers_than_are_kept_sign_out_the_oldest(door, clock):
    tokens = []
    for _ in range(SESSIONS_MOST + 1):
        clock.forward(seconds=1)
        tokens.append(door.enter("zhang", PASSWORD, "192.0.2.1").token)
    assert [door.session(token) is not None for token in tokens] == [False] + [True] * SESSIONS_MOST


def test_tries_at_the_same_moment_are_counted_each(store, clock):
    store.sessions.may_try({"x": 1}, clock(), clock())
    allowed = []

    def try_once():
        allowed.append(store.sessions.may_try({"a": ACCOUNT_TRIES, "p": 1000}, clock() - timedelta(hours=1), clock()))

    threads = [threading.Thread(target=try_once) for _ in range(3 * ACCOUNT_TRIES)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert allowed.count(True) == ACCOUNT_TRIES


def test_tries_are_forgotten_after_the_window(door, clock):
    for _ in range(ACCOUNT_TRIES):
        with pytest.raises(BadInput):
            door.enter("zhang", "wrong password", "192.0.2.1")
    with pytest.raises(AnanError) as rested:
        door.enter("zhang", PASSWORD, "192.0.2.1")
    assert rested.value.status == 429
    clock.forward(minutes=16)
    assert door.enter("zhang", PASSWORD, "192.0.2.1")


def test_each_change_of_an_account_is_in_the_log_and_no_password_is(people, store):
    zhang = people.named("ZHANG ")
    people.add_department("chief", "信息科")
    people.change("chief", zhang.id, name="张三丰", role="reviewer", department="信息科")
    people.change("chief", zhang.id, name="张三丰")  # nothing changes: nothing is told
    people.set_password("chief", zhang.id, "另外一句很长的话当密码")
    people.stop_totp("chief", zhang.id)
    entries = store.audit.entries(100)
    told = [(entry.actor, entry.action, entry.subject, entry.details) for entry in reversed(entries)][2:]
    assert told == [
        ("chief", "department.added", "department:信息科", {}),
        (
            "chief",
            "person.changed",
            "person:zhang",
            {"name": ["张三", "张三丰"], "role": ["editor", "reviewer"], "department": ["", "信息科"]},
        ),
        ("chief", "person.password", "person:zhang", {}),
        ("chief", "person.totp_off", "person:zhang", {}),
    ]


def test_the_last_admin_stays(people):
    chief = people.named("chief")
    for change in ({"role": "editor"}, {"active": False}):
        with pytest.raises(BadInput, match="管理员"):
            people.change(OPERATOR, chief.id, **change)
    people.change(OPERATOR, people.named("zhang").id, role="admin")
    assert people.change(OPERATOR, chief.id, active=False).active is False


@pytest.mark.parametrize(
    ("login", "name", "role", "department"),
    [
        ("z", "张", "editor", ""),
        ("张三", "张", "editor", ""),
        ("a b", "张", "editor", ""),
        ("-ab", "张", "editor", ""),
        ("ZHANG", "张", "editor", ""),
        ("li", "张", "boss", ""),
        ("li", "　", "editor", ""),
        ("li", "张" * 41, "editor", ""),
        ("li", "张", "editor", "没有的科"),
    ],
)
def test_an_account_that_does_not_do_is_refused_whole(people, store, login, name, role, department):
    before = store.audit.count()
    with pytest.raises(BadInput):
        people.add(OPERATOR, login, name, role, department, PASSWORD, must_change=False)
    assert len(people.all()) == 2
    assert store.audit.count() == before


def test_a_department_with_people_stays(people):
    people.add_department(OPERATOR, "信息科")
    people.change(OPERATOR, people.named("zhang").id, department="信息科")
    with pytest.raises(BadInput):
        people.remove_department(OPERATOR, "信息科")
    people.change(OPERATOR, people.named("zhang").id, department="")
    people.remove_department(OPERATOR, "信息科")
    with pytest.raises(NotFound):
        people.remove_department(OPERATOR, "信息科")
