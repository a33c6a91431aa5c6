"""The three standard tables of a report, as the State Council office's formats print them.

Formats: 国办公开办函〔2019〕60号 (reports on 2019 and 2020) and 〔2021〕30号 (since). A name's parts are joined with
dots: ``requests.results.not_disclosed.state_secret.natural_person``, ``disclosure.20-1.rules.made``,
``disputes.reconsideration.upheld``. Behind the printed words stand those that sites print instead.
"""

Words = tuple[str, ...]

# Part three, 收到和处理政府信息公开申请情况: the rows. A row in a group is printed beside the group's name.
REQUEST_ROWS: dict[str, Words] = {
    "new": ("本年新收政府信息公开申请数量", "本年新收", "本年新收申请", "本年新收申请数量"),
    "carried_over": ("上年结转政府信息公开申请数量", "上年结转", "上年结转申请", "上年结转申请数量"),
    "results.disclosed": ("予以公开",),
    "results.partly_disclosed": ("部分公开",),
    "results.not_disclosed.state_secret": ("属于国家秘密", "国家秘密"),
    "results.not_disclosed.forbidden_by_law": ("其他法律行政法规禁止公开", "法律行政法规禁止公开"),
    "results.not_disclosed.security_and_stability": ("危及三安全一稳定", "三安全一稳定"),
    "results.not_disclosed.third_party": ("保护第三方合法权益", "第三方合法权益"),
    "results.not_disclosed.internal_affairs": ("属于三类内部事务信息", "内部事务信息"),
    "results.not_disclosed.in_process": ("属于四类过程性信息", "过程性信息"),
    "results.not_disclosed.enforcement_files": ("属于行政执法案卷", "行政执法案卷"),
    "results.not_disclosed.administrative_queries": ("属于行政查询事项", "行政查询事项"),
    "results.not_available.not_held": ("本机关不掌握相关政府信息", "不掌握相关政府信息"),
    "results.not_available.not_made": ("没有现成信息需要另行制作", "需要另行制作"),
    "results.not_available.still_unclear": ("补正后申请内容仍不明确", "申请内容仍不明确"),
    "results.not_processed.complaints": ("信访举报投诉类申请", "信访投诉举报类申请"),
    "results.not_processed.repeated": ("重复申请",),
    "results.not_processed.publications": ("要求提供公开出版物", "公开出版物"),
    "results.not_processed.massive": ("无正当理由大量反复申请", "大量反复申请"),
    "results.not_processed.confirmation": (
        "要求行政机关确认或重新出具已获取信息",
        "确认或重新出具已获取信息",
    ),
    "results.other.correction_overdue": (
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "申请人无正当理由逾期不补正",
        "逾期不补正",
    ),
    "results.other.fee_overdue": (
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "申请人逾期未按收费通知要求缴纳费用",
        "逾期未缴纳费用",
    ),
    "results.other.other": ("其他", "其它"),
    "results.total": ("总计", "合计"),
    "carried_forward": ("结转下年度继续办理", "结转下年继续办理", "结转下年度", "结转下年"),
}
# The groups of rows. 其他处理 is one row with numbers of its own in the format of 2019; on some sites others are, too.
REQUEST_GROUPS: dict[str, Words] = {
    "results.not_disclosed": ("不予公开",),
    "results.not_available": ("无法提供",),
    "results.not_processed": ("不予处理",),
    "results.other": ("其他处理", "其它处理"),
}
REQUEST_COLUMNS: dict[str, Words] = {
    "natural_person": ("自然人",),
    "companies": ("商业企业",),
    "research_institutions": ("科研机构",),
    "public_welfare": ("社会公益组织", "公益组织"),
    "legal_services": ("法律服务机构",),
    "other_organisations": ("其他", "其它", "其他组织"),
    "total": ("总计", "合计"),
}

# Part two, 主动公开政府信息情况: the rows, each under its item of article 20, and the columns of both formats.
DISCLOSURE_ROWS: dict[str, Words] = {
    "20-1.rules": ("规章",),
    "20-1.normative_documents": ("行政规范性文件", "规范性文件"),
    "20-5.licences": ("行政许可",),
    "20-5.other_services": ("其他对外管理服务事项", "其他对外管理服务"),
    "20-6.penalties": ("行政处罚",),
    "20-6.coercion": ("行政强制",),
    "20-8.fees": ("行政事业性收费",),
    "20-9.procurement": ("政府集中采购", "集中采购"),
}
DISCLOSURE_COLUMNS: dict[str, dict[str, Words]] = {
    "2019": {
        "made": ("本年新制作数量", "本年新制作"),
        "published": ("本年新公开数量", "本年新公开"),
        "published_in_all": ("对外公开总数量", "对外公开总数"),
        "items_last_year": ("上一年项目数量", "上年项目数量"),
        "items_change": ("本年增减", "本年增加减少"),
        "decisions": ("处理决定数量",),
        "purchases": ("采购项目数量",),
        "amount": ("采购总金额",),
    },
    "2021": {
        "made": ("本年制发件数", "本年制发数", "本年制发数量"),
        "repealed": ("本年废止件数", "本年废止数", "本年废止数量"),
        "in_force": ("现行有效件数", "现行有效数", "现行有效数量"),
        "decisions": ("本年处理决定数量",),
        "amount": ("本年收费金额", "收费金额"),
    },
}

# Part four, 政府信息公开行政复议、行政诉讼情况, the same in both formats.
DISPUTE_GROUPS: dict[str, Words] = {
    "reconsideration": ("行政复议",),
    "litigation.direct": ("未经复议直接起诉", "未经复议直接诉讼", "直接起诉"),
    "litigation.after_reconsideration": ("复议后起诉", "经复议后起诉", "复议后诉讼"),
}
DISPUTE_RESULTS: dict[str, Words] = {
    "upheld": ("结果维持", "维持"),
    "corrected": ("结果纠正", "纠正"),
    "other": ("其他结果", "其它结果"),
    "pending": ("尚未审结", "未审结"),
    "total": ("总计", "合计"),
}
