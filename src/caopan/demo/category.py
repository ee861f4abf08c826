"""The kinds of goods of the synthetic world, with their true parameters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category (类目): prices, margin, refunds, repurchase and supply, all invented.

    Prices are yuan; ``refund_rate`` is the share of paid orders refunded in the end;
    ``quick_share`` of those come back after ``quick_days`` on average (before shipping), the
    others after ``slow_days``; ``return_probability`` is that a buyer ever comes back after an
    order, ``return_gap_days`` the mean wait; ``season_peak`` is a part of the year.
    """

    name: str
    items: tuple[str, ...]
    belt: tuple[str, str, str]
    price: float
    cost_share: float
    refund_rate: float
    quick_share: float
    quick_days: float
    slow_days: float
    return_probability: float
    return_gap_days: float
    click_pay_rate: float
    season_peak: float
    lead_time_days: float
    salvage_share: float
    shelf_life_days: float | None = None


CATEGORIES: tuple[Category, ...] = (
    Category(
        name="水果生鲜", items=("脐橙", "苹果", "猕猴桃", "樱桃", "芒果", "石榴"),
        belt=("秭归脐橙带", "宜昌", "湖北"), price=49.0, cost_share=0.62, refund_rate=0.07,
        quick_share=0.5, quick_days=0.4, slow_days=3.0, return_probability=0.45,
        return_gap_days=12.0, click_pay_rate=0.17, season_peak=0.85, lead_time_days=2.0,
        salvage_share=0.05, shelf_life_days=7.0),
    Category(
        name="休闲零食", items=("坚果", "肉脯", "糕点", "果干", "饼干", "辣条"),
        belt=("漳州零食带", "漳州", "福建"), price=39.0, cost_share=0.55, refund_rate=0.08,
        quick_share=0.55, quick_days=0.4, slow_days=4.0, return_probability=0.43,
        return_gap_days=16.0, click_pay_rate=0.16, season_peak=0.05, lead_time_days=4.0,
        salvage_share=0.35, shelf_life_days=180.0),
    Category(
        name="女装", items=("连衣裙", "针织衫", "羽绒服", "半身裙", "衬衫", "牛仔裤"),
        belt=("四季青女装带", "杭州", "浙江"), price=139.0, cost_share=0.45, refund_rate=0.48,
        quick_share=0.4, quick_days=0.5, slow_days=6.5, return_probability=0.37,
        return_gap_days=20.0, click_pay_rate=0.10, season_peak=0.82, lead_time_days=9.0,
        salvage_share=0.4),
    Category(
        name="美妆护肤", items=("面霜", "精华", "口红", "面膜", "防晒", "粉底"),
        belt=("花都美妆带", "广州", "广东"), price=119.0, cost_share=0.30, refund_rate=0.18,
        quick_share=0.6, quick_days=0.4, slow_days=6.0, return_probability=0.39,
        return_gap_days=24.0, click_pay_rate=0.13, season_peak=0.86, lead_time_days=12.0,
        salvage_share=0.5, shelf_life_days=900.0),
    Category(
        name="珠宝玉石", items=("手镯", "吊坠", "珍珠项链", "戒指", "耳环", "手串"),
        belt=("瑞丽珠宝带", "德宏", "云南"), price=268.0, cost_share=0.40, refund_rate=0.55,
        quick_share=0.35, quick_days=0.6, slow_days=7.0, return_probability=0.34,
        return_gap_days=18.0, click_pay_rate=0.08, season_peak=0.1, lead_time_days=6.0,
        salvage_share=0.8),
    Category(
        name="家纺家居", items=("四件套", "蚕丝被", "毛毯", "枕头", "地垫", "毛巾"),
        belt=("叠石桥家纺带", "南通", "江苏"), price=159.0, cost_share=0.55, refund_rate=0.16,
        quick_share=0.5, quick_days=0.5, slow_days=6.0, return_probability=0.31,
        return_gap_days=30.0, click_pay_rate=0.11, season_peak=0.85, lead_time_days=10.0,
        salvage_share=0.6),
    Category(
        name="数码家电", items=("耳机", "充电器", "小风扇", "加湿器", "音箱", "手环"),
        belt=("华强北数码带", "深圳", "广东"), price=179.0, cost_share=0.72, refund_rate=0.11,
        quick_share=0.6, quick_days=0.4, slow_days=6.0, return_probability=0.28,
        return_gap_days=32.0, click_pay_rate=0.09, season_peak=0.87, lead_time_days=14.0,
        salvage_share=0.7),
    Category(
        name="母婴童装", items=("童装套装", "纸尿裤", "奶瓶", "绘本", "童鞋", "爬行垫"),
        belt=("织里童装带", "湖州", "浙江"), price=89.0, cost_share=0.52, refund_rate=0.24,
        quick_share=0.45, quick_days=0.5, slow_days=6.0, return_probability=0.41,
        return_gap_days=18.0, click_pay_rate=0.12, season_peak=0.45, lead_time_days=8.0,
        salvage_share=0.45),
)
"""Every category; the first is that of the fruit story."""

FRUIT = 0
"""The place of fruit among the categories."""

PROVINCES: tuple[tuple[str, float], ...] = (
    ("广东省", 0.13), ("江苏省", 0.09), ("山东省", 0.09), ("浙江省", 0.08), ("河南省", 0.08),
    ("四川省", 0.07), ("河北省", 0.06), ("湖北省", 0.06), ("湖南省", 0.06), ("安徽省", 0.05),
    ("福建省", 0.04), ("辽宁省", 0.04), ("上海", 0.04), ("北京", 0.04), ("陕西省", 0.04),
    ("云南省", 0.03),
)
"""Where the buyers live, with their share."""
