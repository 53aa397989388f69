"""Words of many regions and years name their subjects (each in a sentence of its own)."""

from extraction_sentences import Understood

WORDS = {
    "dibao": "低保对象 城低保 农低保 低保兜底户 低保月保障标准 纳保对象 收入已超标准的",
    "dibao_borderline": "低边家庭 低保临界家庭 边缘低保家庭",
    "rigid_expenditure": "因病致贫家庭 支出型困难人口 刚需困难家庭",
    "tekun": "五保供养老人 鳏寡孤独 城市三无人员 特困集中供养",
    "tekun_nursing": "全护理补贴 特困照护费用 照料服务费 照料标准 特困照料人",
    "temporary_assistance": "小额救助 小金额先行救助 临时困难补助 救急难",
    "medical_assistance": "资助参合 代缴医保 慢病救助",
    "vagrant_assistance": "收容遣送 站内托养 流浪智障 寻亲返乡 无名患者",
    "one_off_relief": "冬季取暖补贴 烤火费 送清凉 “两节”慰问金",
    "disaster_relief": "冬令救济 因灾倒损 灾民 缺粮人口 倒塌的民房 过渡安置房",
    "veteran": "复退军人 军烈属 两参人员 优待金 退伍士兵 散葬烈士墓",
    "elder_institution": "养老院 五保村 托养机构 光荣敬老院 安养院 养老园区 敬老大院",
    "nursing_bed": "护理型床位 照护型床位 失能照护床位",
    "home_care_bed": "家庭养老床位 家床",
    "elder_center": "综合为老服务中心 镇级养老服务中心 乡镇养老综合体 海岛养老中心 片区养老中心",
    "day_care_center": "托老所 长者服务站 家门口养老服务站 日托站",
    "village_elder_station": "睦邻点 互助幸福院 幸福小院 农村颐养之家",
    "meal_point": "老年饭堂 长者膳堂 共享食堂 养老食堂 助餐点 配餐点 用餐老人",
    "old_age_allowance": "尊老金 长寿保健费 综合津贴 百岁老人营养费",
    "smart_elder_care": "电子保姆 防走失手环 一键通 爱心门铃 平安通终端 毫米波雷达",
    "elder_community": "老年电大 敬老卡 老年公交卡 老年体协",
    "orphan": "孤残儿童 弃婴 受艾滋病影响儿童 散居孤儿 机构集中养育孤儿",
    "unattended_child": "事实孤儿 事实无人扶养儿童 事实无人抚养的孩子",
    "child_home": "童心港湾 希望小屋 四点半学校 儿童关爱站",
    "child_institution": "儿童村 孤儿学校 儿童福利院 福利院儿童部 院内儿童",
    "disability_subsidies": "两残补贴 残疾人双补 残疾人两补 “双补”",
    "mental_rehab": "精神病患者 工疗站 精康园 如康家园",
    "marriage": "复婚登记 涉外结婚 新人登记",
    "marriage_reissue": "补发婚姻证 补领结婚证",
    "funeral_benefit": "火化补贴 丧葬补助 海葬补贴 安葬补贴 四项全免",
    "cemetery": "公益性墓地 安息园 集中埋葬区 怀念园",
    "illegal_tomb": "椅子坟 活人墓 散埋乱葬 私建坟墓 卧碑 存量散坟",
    "funeral_home": "鲜花换纸钱 灵车 网上祭扫",
    "social_org": "民间组织 草根组织 离岸社团",
    "private_nonenterprise": "民非 社会服务机构 民办非企",
    "charity_org": "经常性捐助工作站 爱心超市 慈善帮扶站 公益慈善园区",
    "volunteer": "义工 注册志愿者 志愿时长 民间救援队",
    "consultation": "小区议事会 村民说事 民主恳谈",
    "community_worker": "专职委员 协管员 楼栋网格",
    "place_name": "楼号牌 街巷名牌 二维码门牌 地名词条 地名条目",
    "boundary": "界桩 勘界 边界争议 牧民界线员",
    "reservoir_migrant": "移民直补 后扶项目 库区移民",
    "assistance_station": "困难群众救助服务所 “救助联合体” 避寒点",
    "assistance_process": "疑点数据 流动服务车",
    "dementia_bed": "记忆照护专区 认知症照护单元",
    "industry_association": "退还收费",
    "village_affairs": "宴席 盖章证明",
    "inspection": "案件线索 核查组",
    "publicity": "政策明白卡 信息公开申请",
    "admin_division": "撤乡设镇 拟增街道",
    "civil_affairs_total": "基本支出 民政总支出",
    "other": "调查问卷 公务用车 人大代表 边境线",
    "retired_staff_relief": "精简退职老职工 精退人员",
}
SENTENCES = {f"全县现有{word}126个。": subject for subject, words in WORDS.items() for word in words.split()}


READ = Understood.beside_others(SENTENCES)


def test_the_words_of_a_subject():
    said = {sentence: {"126": {"subject": subject}} for sentence, subject in SENTENCES.items()}
    assert READ.wrong(said) == {}
