"""Words that reports use around their figures: verbs of doing, and what leads up to them without naming anything."""

# Doing words that are hardly ever nouns in reports: where one follows 通过… or 为…, that phrase ends before it.
PLAIN_VERBS = (
    "发布(?!会|厅)|主动公开|公布|公示|收到|收取|收集|征集|征求|受理|办结|回复|答复|召开|举办|举行|开展|组织|发放|散发|派发"
    "|播放|制作|展出|设置|设立|新增|新建|新收到|新收|购置|购买|采购|安装|开通|开设|开发|推出|推送|编发|编印|印发"
    "|印制|制定|制发|出台|修订|废止|梳理|编制|编写|收录|接受|接待|接听|接收|接到|参加|承办|承接|转办|督办|摸排"
    "|查处|查办|整改|报送|上报|刊发|刊登|撰写|提供|提出|回答|解答|处置|投入|筹集|筹资|兑现|拨付|协调|悬挂|张贴"
    "|完成|建成|采纳|采用|拥有|惠及|帮助|派出|选派|聘请|化解|调解|走访|慰问|转发|维护更新|更新|下发|转载|录入"
    "|移交|列入|设"
)
# Those that are nouns as well (信息公开, 业务培训): doing words only where nothing else stands.
VERBS = (
    f"{PLAIN_VERBS}|公开|办理|处理|培训|宣传|审核|检查|抽查|申请|访问|浏览|阅读|下载|服务|建设|清理|支出"
    "|减免|应办理?|结转|查阅|报道|解决|参与|覆盖|引进|核查|共享|归集|答疑|接办|提交|被申请|被提起|提起"
)
# Time, order and amount in front of what is counted.
LEADS = (
    "其中|[中里内]有|首次|首批|但|同时|此外|另外|另有|并且|以及|据统计|期间|全年度?|年内|当年|本年度?|今年|去年"
    "|上年度?|上一年度?|(?:截至|截止|至|到)?(?:目前|年[末底初])|截至|截止|一年来|同日|共计?|累计|总共|一共|先后"
    r"|陆续|相继|分别|现场|积极|及时|还|[由从](?=去年|上年|上一年)|[^,，。、\s]{1,6}期间"
)
# Chinese characters that begin or end other words as well: dropped only where a doing word follows.
SMALL_LEADS = "还并也且又均都共已在新再"
# 以 is left out: 以…为… says a purpose.
TIMES = "全年|年内|当年|累计|先后"
PREPOSITIONS = "通过|利用|依托|借助|运用|按照|依照|根据|结合|围绕|针对|会同|联合|为|对|在|向|由|从|自|就|因|经|与|用"
