"""Tables whose cells run together, and lists whose names were broken over two lines."""

from __future__ import annotations

PAGES: dict[str, tuple[str, list[str]]] = {
    "figures_run_together.txt": (
        """2022年乐山市各县区登记情况
县区结婚登记离婚登记收养登记火化遗体火化率
全市11840对4716对21件6377具41.2%
市中区2950对1180对8件2120具80.5%
峨眉山市1871对702对5件1090具52.0%
犍为县1604对611对3件842具33.7%
注：市中区数据含高新区。
""",
        [
            "11840 marriage.couples 11840 对 scope=region",
            "1180 divorce.couples 1180 对 place=市中区 scope=part",
            "21 adoption.cases 21 件 scope=region",
            "33.7 cremation.ratio 33.7 % place=犍为县",
        ],
    ),
    "names_broken_below_their_rows.txt": (
        """丽水市民政局2021年民生实事和重点指标进展情况通报
（截至10月底）
序号 指标名称 单位 年度目标 累计完成 完成率 责任处室
1 新增家庭养老床位 张 800 764 95.5% 养老服务处
2 困难老年人家庭适老化 户 420 401 95.5% 养老服务处
改造
3 新建乡镇（街道）居家养老 个 9 8 88.9% 养老服务处
服务中心
4 培训持证养老护理员 人 600 618 103.0% 养老服务处
第 1 页 共 2 页
序号 指标名称 单位 年度目标 累计完成 完成率 责任处室
5 支出型困难家庭临时救助 人次 2500 2316 92.6% 社会救助处
6 建成示范型儿童之家 个 22 20 90.9% 儿童福利处
""",
        [
            "800 home_care_bed.beds 800 张 status=target",
            "401 home_adaptation.households 401 户 status=actual",
            "8 elder_center.count 8 个 status=actual",
            "2316 temporary_assistance.person_times 2316 人次",
            "22 child_home.count 22 个 status=target",
        ],
    ),
}
