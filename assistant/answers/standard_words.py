"""What every report counts, in the words of the forms, of reports before them, and of citizens.

Each is a regular expression of folded text, under the canonical name of ``reports.standard_forms``. The first of a
table that is found decides, so the narrower one stands before the wider one.
"""

import re

NO_INFORMATION = r"(?:这个|这些|这种|这样|那个|那些|该|相关|相应|有关)的?(?:政府)?(?:信息|材料|资料|东西)"
DECISION = r"(?:(?:了|原来?|之前|本来)的?)*(?:行政行为|具体行政行为?|决定|判决?|答复|结果)?"
# The rows of part three by what they are called, in reports and by citizens; a later one never hides an earlier.
RESULTS = {
    "results.partly_disclosed": r"(?:同意)?部分(?:予以)?公开|(?:只|就)?(?:公开|给)了?一?部分",
    "results.not_disclosed.state_secret": r"(?:属于|涉及)?国家(?:秘密|机密)",
    "results.not_disclosed.forbidden_by_law": r"(?:其他)?(?:法律、?(?:行政)?法规)禁止(?:公开)?",
    "results.not_disclosed.security_and_stability": r"(?:危及|影响)?“?三安全一稳定”?",
    "results.not_disclosed.third_party": r"(?:保护|损害|涉及|侵犯)?(?:了)?第三方(?:的?合法)?(?:权益)?",
    "results.not_disclosed.internal_affairs": r"(?:属于)?(?:三类)?内部事务(?:信息)?",
    "results.not_disclosed.in_process": r"(?:属于)?(?:四类)?过程性(?:信息)?",
    "results.not_disclosed.enforcement_files": r"(?:属于)?(?:行政)?执法案卷",
    "results.not_disclosed.administrative_queries": r"(?:属于)?(?:行政)?查询事项",
    "results.not_available.not_held": rf"(?:本机关|本单位|机关|单位)?不掌握(?:{NO_INFORMATION})?"
    rf"|(?:手里头?|手上|手头|自己)(?:也|就|压根|根本)?没有?(?:{NO_INFORMATION})?|没有?{NO_INFORMATION}",
    "results.not_available.not_made": r"没有?现成的?(?:信息|材料)?(?:、|，|,)?(?:要|需要?)?(?:另行|另外|重新)?"
    r"(?:制作|做|加工)?"
    r"|(?:要|需要?)?(?:另行|另外|重新)(?:制作|加工)",
    "results.not_available.still_unclear": r"(?:补正|补材料|补充)(?:以?后|完|了)?(?:申请)?(?:内容)?(?:还是|仍然?|"
    r"还)?(?:不明确|不清楚|说不清)",
    "results.not_processed.complaints": r"(?:信访|举报|投诉)、?(?:信访|举报|投诉)*、?(?:举报|投诉|信访)?(?:类|性质)",
    "results.not_processed.repeated": r"重复(?=的?申请|提交|提出|$)(?:提交|提出)?",
    "results.not_processed.publications": r"(?:要求)?(?:提供)?公开出版物",
    "results.not_processed.massive": r"(?:无正当理由)?大量、?反复",
    "results.not_processed.confirmation": r"(?:要求)?(?:行政机关)?确认或者?重新出具(?:已获取信息)?",
    "results.other.correction_overdue": r"(?:申请人)?(?:无正当理由)?(?:逾期|过期|到期|一直)(?:也|都|还)?(?:不|"
    r"没有?|未)(?:补正|补充?材料)",
    "results.other.fee_overdue": r"(?:申请人)?(?:逾期|过期|到期|一直)(?:也|都|还)?(?:不|没有?|"
    r"未)(?:按收费通知要求)?(?:交|缴|缴纳|付)(?:费用?|钱)",
    "results.not_disclosed": r"不予公开|不(?:同意|给|让)?公开|拒绝(?:了)?(?:公开)?",
    "results.not_available": r"(?:无法|没法|不能|没办法)提供|提供不了",
    "results.not_processed": r"不予处理|不予?受理",
    "results.other": r"其他处理",
    "results.disclosed": r"(?:予以|同意|答应|准予|全部)(?:了)?公开|(?:给)公开",
}
NOT_DONE = r"(?:还)?(?:没有?|未|尚未)(?:办完|办结|处理完|办好)的?、?(?:申请)?"
NEXT_YEAR = r"(?:到|至|入|给)?(?:了)?(?:下|明|第二|来|次)一?(?:个)?年(?:度)?(?:继续办理|再办|接着办)?"
FLOWS = {
    "carried_forward": rf"(?:{NOT_DONE})?[、,，]?(?:结转|转|留|拖|推)(?:到)?{NEXT_YEAR}(?:办理?)?",
    "carried_over": rf"(?:上一?年度?|前一年|头一年)(?:{NOT_DONE})?(?:结转|转|留|剩|遗留)(?:下来|过来|下|到(?:今|本|"
    rf"这一?)年)*(?:、?(?:的)?{NOT_DONE})?",
    "results.total": r"(?:全部)?(?:办结|办完|办理完毕|处理完|答复)",
    "new": r"(?:新)?(?:收到|接到|收了?|接收)|新收|受理|提出|提交|提(?=的|了|过|$)|申请了|(?<=申请)公开|要过|"
    r"要(?=信息|材料|$)|申请过?",
}
REQUEST = (
    r"(?:依申请公开|依申请|政府信息公开|信息公开|公开)(?:政府)?(?:信息)?的?申请|申请(?:政府)?信息?公开(?:政府)?"
    r"(?:信息)?"
    r"|申请|依申请公开(?:(?:政府)?信息)?|要过?(?:信息|材料|资料)"
)
COLUMNS = {
    "natural_person": r"自然人|个人|老百姓(?:个人|自己)?|群众|市民|公民|居民",
    "companies": r"(?:商业)?企业|公司",
    "research_institutions": r"(?:大学和?、?)?科研(?:机构|院所|单位|所)|研究(?:机构|院|所)",
    "public_welfare": r"(?:社会)?公益(?:组织|机构|团体)|慈善(?:组织|机构)",
    "legal_services": r"(?:律师事务所|律所|律师)(?:(?:那样|这样|之类|等)的?)?(?:法律服务机构)?|法律服务机构",
}
SUITS = {
    "litigation.after_reconsideration": r"复议(?:了)?(?:以?后|之后|完|过|结束)(?:了)?(?:又|再|还|才|不服|的|后)*(?:去)?"
    r"(?:被)?(?:起诉|提起诉讼|诉讼|打(?:的)?官司|告(?:上|到)?了?(?:法庭|法院)?|上法[院庭])",
    "litigation.direct": r"(?:未经|没有?经过?|没走|不经过?|跳过)(?:行政)?复议(?:就|而)?(?:直接)?(?:被)?(?:起诉|"
    r"提起诉讼|诉讼|打官司|告(?:上|到)了?法[院庭])"
    r"|直接(?:被)?(?:起诉|提起诉讼|诉讼|打官司|告(?:上|到)了?法[院庭]|上法[院庭])",
    "litigation": r"(?:提起|引发|发生|引起)?(?:的)?(?:行政)?(?:诉讼|官司)|(?:打|吃)(?:的|了|过)?官司|告(?:上|到|"
    r"进)(?:了|过)?法[庭院]|起诉",
    "reconsideration": r"(?:申请|提起|引发|发生|引起)?(?:的)?(?:行政)?复议(?:申请)?",
}
ENDS = {
    "pending": r"(?:还|到年底|至年底)?(?:尚未|没有?|未)(?:审结|审完|审理完|办结|结案|判|出结果)",
    "corrected": rf"(?:结果)?(?:被|依法|责令)*(?:纠正|撤销|改变|改)(?:{DECISION})",
    "upheld": rf"(?:结果|决定)?(?:被)?维持(?:{DECISION})",
    "other": r"其他(?:结果|情形)",
}
HAPPENED = r"老百姓|群众|市民|公民|收到|受理|发生|提起|引发|未|法院|申请"
LOST = r"(?:行政机关|政府|机关)?(?:败诉|打输|输掉|输)"
WON = r"(?:行政机关|政府|机关)?(?:胜诉|打赢|赢)"
DOCUMENTS = {
    "20-1.rules": r"(?:政府)?规章",
    "20-1.normative_documents": r"(?:行政)?规范性文件|红头文件",
}
DOCUMENT_COLUMNS = {
    "repealed": r"废止|废除|作废|宣布失效",
    "in_force": r"(?:现行|仍然?|还)(?:是)?有效|有效",
    "made": r"制发|制定|制作|出台|印发|新制作",
}
DECISIONS = {
    "20-5.licences": r"行政许可",
    "20-5.other_services": r"其他对外管理服务(?:事项)?",
    "20-6.penalties": r"行政处罚",
    "20-6.coercion": r"行政强制(?:措施)?",
}
DECIDED = r"处理决定|作出|做出?|办理?|实施|罚|处理|开出?"
FEES = r"行政事业性收费|事业性收费"
PURCHASE = r"(?:政府)?集中采购"
# Words that say nothing about what is counted.
FILLERS = re.compile(
    r"请问|我?想?问一?下|我?想(?:问|知道)|你好|喂|有没有人?|有人|没有人|一共|总共|总计|合计|共计|全年|当年|那年|"
    r"年[底末内]|全市|我市|全县|全区|我局|"
    r"(?:因为?|由于|关于|通过)?(?:政府)?信息公开(?:工作|的事|方面)?(?:而|引起|引发|产生)?|政府信息|公开|信息|材料|"
    r"因为|由于|情况|数量|结果|原因|理由|"
    r"案子|案件|决定|事情|申请人?|那[么样个些]|这[么样个些]|之类|什么|自己|人家|有关|相关|机关|本年度?|今年|年度?|"
    r"引起|引发|产生|"
    r"属于|里面|其中|当中|方面|报告|年报|表格|说法|"
    r"[的了过是有在被人给把来去又还里中因说算做找向跟和对从为由以出上下个件次回场宗起条部提呢啊吗呀哦吧嘛就都也共等弄搞而新与及之所到没，,、：:。？?！!“”\s]"
)
