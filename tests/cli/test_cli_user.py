"""`anan user` and `anan audit`: the first account, without a default password, and the log behind it."""

import json
import sqlite3

from assistant.cli_user import ROLE_NAMES
from assistant.desk import ROLES

PASSWORD = "灯塔下面的第七只灰雀\n"


def test_roles_are_those_of_the_desk():
    assert tuple(ROLES) == ROLE_NAMES


def test_the_operator_makes_changes_and_closes_accounts(anan):
    assert "还没有账号" in anan("user", "list").output
    assert "anan user add" in anan("doctor").output
    assert anan("user", "add", "wang").exit_code == 2
    refused = anan("user", "add", "wang", typed="admin\n")
    assert refused.exit_code == 2 and "密码至少" in refused.output
    added = anan("user", "add", "Wang", "--name", "王五", "--role", "admin", "--department", "信息科", typed=PASSWORD)
    assert added.exit_code == 0, added.output
    assert anan("user", "add", "li", typed=PASSWORD).exit_code == 0
    assert anan("user", "add", "li", typed=PASSWORD).exit_code == 2
    assert "wang\t王五\t管理员\t信息科\t－\t在用" in anan("user", "list").output
    assert anan("user", "disable", "wang").exit_code == 2
    assert anan("user", "role", "li", "reviewer").exit_code == 0
    assert anan("user", "password", "li", "--reset-totp", typed="另外一句很长的话当密码\n").exit_code == 0
    assert anan("user", "disable", "li").exit_code == 0
    assert anan("user", "disable", "nobody").exit_code == 2
    rows = json.loads(anan("user", "list", "--json").output)
    assert [(row["login"], row["role"], row["active"]) for row in rows] == [
        ("wang", "admin", True),
        ("li", "reviewer", False),
    ]
    assert "在用的账号 1 个" in anan("doctor").output
    assert anan("user", "enable", "li").exit_code == 0


def test_the_operator_checks_the_log(anan, data):
    anan("user", "add", "wang", "--role", "admin", typed=PASSWORD)
    anan("user", "add", "li", typed=PASSWORD)
    anan("user", "role", "li", "reviewer")
    whole = anan("audit", "verify")
    assert whole.exit_code == 0 and "共 3 条" in whole.output
    head = json.loads(anan("audit", "verify", "--json").output)["head"]
    assert head in whole.output
    assert anan("audit", "verify", "--head", head.upper()).exit_code == 0
    connection = sqlite3.connect(data / "anan.db")
    connection.execute("DELETE FROM audit WHERE sequence = 3")
    connection.commit()
    cut = anan("audit", "verify", "--head", head)
    assert cut.exit_code == 1 and "截去" in cut.output
    assert anan("audit", "verify").exit_code == 0  # what it cannot find by itself, and says so
    connection.execute("UPDATE audit SET actor = 'somebody' WHERE sequence = 1")
    connection.commit()
    connection.close()
    edited = anan("audit", "verify")
    assert edited.exit_code == 1 and "第 1 条" in edited.output
