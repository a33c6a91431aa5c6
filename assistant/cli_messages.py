"""``anan messages`` and ``anan feedback``: for the operator; the staff's desk has the same with rules and reviews."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

import click

from assistant.cli_parts import on_one_line, told

if TYPE_CHECKING:
    from assistant.store import StoredMessage

# Characters of a message that a list shows.
_SHOWN = 40
_STATES = {"received": "待答复", "answered": "已答复", "closed": "不答复办结"}
_CHOICES = {"waiting": False, "answered": True, "all": None}


@click.group()
def messages() -> None:
    """市民的留言：列出、查看、答复、删除。"""


@messages.command("list")
@click.option("--state", type=click.Choice(list(_CHOICES)), default="waiting", show_default=True, help="哪些留言。")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="最多列多少条。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def list_messages(context: click.Context, state: str, limit: int, as_json: bool) -> None:
    """列出留言，最新的在前；联系方式和留言里的个人信息打星号。"""
    from assistant.desk import KINDS, grouped, mask, mask_contact, opened_desk

    with opened_desk(context.obj) as desk:
        found = desk.messages.newest(limit, _CHOICES[state])
    if as_json:
        click.echo(json.dumps([_row(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        text = on_one_line(mask(" ".join(each.text.split())))
        short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
        told_by = (grouped(each.receipt), _here(each.created), KINDS[each.kind], _STATES[each.state])
        click.echo("\t".join((*told_by, mask_contact(each.contact) or "－", short)))
    if not found:
        click.echo("没有留言。", err=True)


@messages.command("show")
@click.argument("receipt")
@click.pass_context
@told
def show(context: click.Context, receipt: str) -> None:
    """查看一条留言的全文和联系方式；RECEIPT 为回执号。"""
    from assistant.desk import KINDS, grouped, opened_desk

    with opened_desk(context.obj) as desk:
        found = desk.messages.look_up(receipt)
        report = desk.store.report_summaries([found.report_id]).get(found.report_id) if found.report_id else None
    click.echo(f"回执号：{grouped(found.receipt)}")
    click.echo(f"类别：{KINDS[found.kind]}　状态：{_STATES[found.state]}　时间：{_here(found.created)}")
    consent = f"（同意第 {found.consent} 版）" if found.consent else ""
    click.echo(f"联系方式：{found.contact or '没有留'}{consent}")
    if found.question:
        click.echo(f"问过：{found.question}")
    if found.report_id:
        click.echo(f"关于报告：{report.title if report else '（已撤下）'} {found.report_id}")
    click.echo(f"\n{found.text}")
    if found.state == "closed":
        click.echo(f"\n不另答复：{found.closing}")
    if found.replied is not None:
        click.echo(f"\n答复（{_here(found.replied)}）：\n{found.reply}")


@messages.command("reply")
@click.argument("receipt")
@click.argument("text")
@click.pass_context
@told
def reply(context: click.Context, receipt: str, text: str) -> None:
    """答复一条留言，不经审核；市民凭回执号立即可以看到。再次答复替换前一次。要审核的，请在工作台答复。"""
    from assistant.desk import opened_desk

    with opened_desk(context.obj) as desk:
        desk.messages.reply(receipt, text)
    click.echo("已答复。")


@messages.command("delete")
@click.argument("receipt")
@click.option("--yes", is_flag=True, help="不再询问。")
@click.pass_context
@told
def delete(context: click.Context, receipt: str, yes: bool) -> None:
    """删除一条留言，不能恢复。"""
    from assistant.desk import grouped, opened_desk

    with opened_desk(context.obj) as desk:
        found = desk.messages.look_up(receipt)
        if not yes:
            click.confirm(f"删除 {grouped(found.receipt)} 这条留言？", abort=True)
        desk.messages.delete(found.receipt)
    click.echo("已删除。")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
@told
def feedback(context: click.Context, as_json: bool) -> None:
    """市民对回答的评价：各类回答的好评差评，最新的差评。"""
    from assistant.desk import opened_desk
    from assistant.desk.feedback import reason_in_words

    with opened_desk(context.obj) as desk:
        summary = desk.feedback.summary()
    if as_json:
        down = [
            {"question": each.question, "kind": each.kind, "reason": each.reason, "given": each.given.isoformat()}
            for each in summary.down
        ]
        shape = {"counts": [each._asdict() for each in summary.counts], "down": down}
        click.echo(json.dumps(shape, ensure_ascii=False, indent=2))
        return
    for count in summary.counts:
        click.echo(f"{count.kind}\t好评 {count.up}\t差评 {count.down}")
    if not summary.counts:
        click.echo("还没有评价。", err=True)
    for each in summary.down:
        click.echo(f"差评\t{_here(each.given)}\t{each.kind}\t{each.question}\t{reason_in_words(each.reason)}")


def _row(message: "StoredMessage") -> dict[str, str]:
    from assistant.desk import mask, mask_contact

    return {
        "receipt": message.receipt,
        "created": message.created.isoformat(timespec="seconds"),
        "kind": message.kind,
        "state": message.state,
        "contact": mask_contact(message.contact),
        "text": mask(message.text),
    }


def _here(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
