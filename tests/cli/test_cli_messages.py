"""`anan messages` and `anan feedback`: what the operator sees and does until the staff's desk is there."""

import json

from assistant.desk import Draft, opened_desk


def test_the_operator_lists_reads_answers_and_deletes(anan, data):
    with opened_desk(data) as desk:
        receipt = desk.messages.receive(
            Draft("complain", "我的手机13800138000总是占线", "李四 0309-5557788", True, "电话几点有人接")
        ).receipt
        desk.feedback.give("d" * 32, "电话几点有人接", "faq", "down", "wrong")
    listed = anan("messages", "list").output
    assert "投诉" in listed and "138****8000" in listed
    assert "13800138000" not in listed and "5557788" not in listed
    rows = json.loads(anan("messages", "list", "--json").output)
    assert [(row["receipt"], row["state"]) for row in rows] == [(receipt, "received")]
    shown = anan("messages", "show", receipt).output
    assert "李四 0309-5557788" in shown and "13800138000" in shown and "问过：电话几点有人接" in shown
    assert anan("messages", "reply", receipt, "").exit_code == 2
    assert anan("messages", "reply", receipt, "已加派人手。").exit_code == 0
    assert "已加派人手。" in anan("messages", "show", receipt).output
    assert "没有留言" in anan("messages", "list").output
    assert "已答复" in anan("messages", "list", "--state", "answered").output
    assert anan("messages", "delete", receipt, typed="n\n").exit_code == 1
    assert anan("messages", "delete", receipt, "--yes").exit_code == 0
    gone = anan("messages", "show", receipt)
    assert gone.exit_code == 2 and "没有这个回执号" in gone.output
    told = anan("feedback").output
    assert "faq\t好评 0\t差评 1" in told and "答得不对" in told
    assert json.loads(anan("feedback", "--json").output)["counts"] == [{"kind": "faq", "up": 0, "down": 1}]
