"""Write the sample files: one in each layout, values invented, traps as in the real exports.

Run `python tests/ingest/sources/golden/make.py` after a change; the files are committed, and the
expected canonical rows stand in `expected/`, written by hand.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
BLANK: list[object] = []

LIVESTREAMS: list[list[object]] = [
    ["2026-03-16 ~ 2026-04-12"],
    BLANK,
    ["Livestream", "Start time", "Duration", "Gross revenue", "Direct GMV", "Items sold",
     "Customers", "Avg. price", "Orders paid for", "GMV/1K shows", "GMV/1K views", "Views",
     "Viewers", "Peak viewers", "New followers", "Avg. view duration", "Likes", "Comments",
     "Shares", "Product impressions", "Product clicks", "CTR", "CTOR (SKU orders)"],
    # a real spreadsheet date
    ["PROMO SORE 🔥", datetime(2026, 4, 11, 15, 5), 10800, "Rp9.100.000", "Rp8.640.000", 36, 30,  # noqa: DTZ001 - a cell has no zone
     "Rp240.000", 36, "Rp100.000", "Rp1.500.000", 5760, 4600, 180, 50, 34, 3000, 220, 2, 32000,
     2000, 0.347222, 0.018],
    # the same start, another title: both are kept
    ["PROMO SORE 2", datetime(2026, 4, 11, 15, 5), 3600, "Rp500.000", "Rp450.000", 3, 3,  # noqa: DTZ001
     "Rp150.000", 3, "Rp20.000", "Rp300.000", 1500, 1200, 60, 5, 20, 100, 9, 0, 4000, 300,
     0.2, 0.01],
    # the first row again, equal in everything
    ["PROMO SORE 🔥", datetime(2026, 4, 11, 15, 5), 10800, "Rp9.100.000", "Rp8.640.000", 36, 30,  # noqa: DTZ001
     "Rp240.000", 36, "Rp100.000", "Rp1.500.000", 5760, 4600, 180, 50, 34, 3000, 220, 2, 32000,
     2000, 0.347222, 0.018],
    # a false start
    ["salah pencet", "2026/04/10 09:00:00", 12, "Rp0", "Rp0", 0, 0, "Rp0", 0, "Rp0", "Rp0", 4, 4,
     2, 0, 3, 0, 0, 0, 0, 0, 0, 0],
    # short, but it sold something
    ["flash", "2026/04/10 09:05:00", 45, "Rp99.000", "Rp99.000", 1, 1, "Rp99.000", 1,
     "Rp99.000", "Rp990.000", 100, 90, 30, 1, 15, 8, 1, 0, 200, 20, 0.2, 0.05],
    # nothing sold for three hours: zero, not null
    ["sepi", "2026/04/09 20:00:00", 10800, "Rp0", "Rp0", 0, 0, "--", 0, "Rp0", "Rp0", 300, 250,
     12, 0, 20, 40, 3, 0, 900, 60, 0.2, 0],
    BLANK,
    BLANK,
]

LIVE_ADS: list[list[object]] = [
    ["LIVE name", "Launched time", "Status", "Campaign name", "Campaign ID", "Cost", "Net Cost",
     "SKU orders", "SKU orders (Current shop)", "Cost per order (Current shop)", "Gross revenue",
     "Gross revenue (Current shop)", "ROI (Current shop)", "LIVE views", "Cost per LIVE view",
     "10-second LIVE views", "Cost per 10-second LIVE view", "LIVE follows", "Currency"],
    ["PROMO SORE 🔥", datetime(2026, 4, 11, 15, 7), "Ended", "PANCI 11/04", 1862046336917810,  # noqa: DTZ001
     700000, 690000, 20, 18, 38888.889, 5000000.125, 4500000.638, 6.43, 3000, 233.333, 1200,
     583.333, 25, "IDR"],
    ["PROMO SORE 🔥", datetime(2026, 4, 11, 15, 7), "Ended", "WAJAN 11/04", "1862046095439884",  # noqa: DTZ001
     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "IDR"],
    # one campaign again on another evening: another plan
    ["Guncang 4.4", "2026/04/04 19:00:00", "Ended", "PANCI 11/04", 1862046336917810,
     146206, 146124, 592, 481, 303.963, 9000000, 8000000, 54.7, 6000, 24.4, 1500, 97.4, 41,
     "IDR"],
    ["", "2026/04/05 19:00:00", "Ended", "TANPA JUDUL", "1862057764403481", 50000, 50000, 1, 1,
     50000, 120000, 120000, 2.4, 200, 250, 80, 625, 2, "IDR"],
    *[BLANK] * 4,
]

PRODUCTS: list[list[object]] = [
    ["2026-04-06 ~ 2026-04-12"],
    BLANK,
    ["ID", "Product", "Status", "GMV", "Items sold", "Orders",
     "Shop tab GMV", "Shop Tab items sold", "Shop tab listing impressions", "Shop tab page views",
     "Shop tab unique page views", "Shop tab unique product customers",
     "Shop tab clickthrough rate", "Shop tab conversion rate",
     "LIVE GMV", "LIVE items sold", "LIVE impressions", "Page views from LIVE",
     "Unique page views from LIVE", "LIVE unique product customers", "LIVE click-through rate",
     "LIVE conversion rate",
     "Video GMV", "Video items sold", "Video impressions", "Page views from video",
     "Unique page views from video", "Video unique product customers",
     "Video click-through rate", "Video conversion rate",
     "Product card GMV", "Product  card items sold", "Product card impressions",
     "Page views from product card", "Unique page views from product card",
     "Product card unique customers", "Product card click-through rate",
     "Product card conversion rate"],
    ["1733447356508964124", "Rice Cooker 1.5L", "Active", "Rp279.940.892", "510", "510",
     "Rp24.494.305", "45", "48957", "1345", "852", "44", "2.75%", "5.16%",
     "Rp269.877.834", "494", "391024", "20222", "12471", "463", "5.17%", "3.71%",
     "Rp6.047.056", "9", "28460", "1200", "900", "9", "4.22%", "1.00%",
     "Rp1.000.000", "2", "5000", "100", "80", "2", "2.00%", "2.50%"],
    ["1732079642443941148", "Panci Mini 12 Cm", "Active", "Rp240.000", "3", "2",
     "Rp0", "0", "120", "4", "4", "0", "3.33%", "0.00%",
     "Rp240.000", "3", "600", "40", "31", "2", "6.67%", "6.45%",
     "--", "--", "--", "--", "--", "--", "--", "--",
     "-", "-", "-", "-", "-", "-", "-", "-"],
    ["1733006039740024092", "Panci Kukus 3 Susun", "Deactivated", "Rp0", "0", "0",
     *["--"] * 8, *["--"] * 8, *["--"] * 8, *["--"] * 8],
    ["1730899853179979036", "Wajan 24 Cm", "Active", "Rp58.000", "1", "1",
     *["--"] * 8,
     "Rp58.000", "1", "90", "9", "9", "1", "10.00%", "11.11%",
     *["--"] * 8, *["--"] * 8],
]

LIVE_PRODUCTS: list[list[object]] = [
    ["Date Start: 2026-04-04 - Date End: 2026-04-11"],
    BLANK,
    ["商品信息", "商品信息", "总成交额", "佣金", "成交件数"],
    ["1733433942955754780", "[Special Live] Set Wajan 4 Pcs", "Rp140.334.601", "Rp0", "214"],
    ["1733439399686276380", "[Special Live] Wajan 24 Cm", "Rp58.317.857", "Rp12.500", "423"],
    ["1732079642443941148", "Panci nama lain", "Rp80.000", "Rp0", "1"],
    ["1730899853179979036", "[NEW] Rice Cooker", "--", "--", "--"],
]

VIDEOS: list[list[object]] = [
    ["[Date Range]: 2026-04-06 ~ 2026-04-12\n"],
    BLANK,
    ["Creator name", "Creator ID", "Video Info", "Video ID", "Time", "Products", "VV", "Likes",
     "Comments", "Shares", "New followers", "V-to-L clicks", "Product Impressions",
     "Product Clicks", "Unique customers", "Orders", "Video items sold",
     "Gross merchandise value (Video) (Rp)", "GPM (Rp)", "Shoppable video attributed GMV (Rp)",
     "Click-through rate (Video)", "V-to-L rate", "Video Finish Rate",
     "Click-to-order rate (Video)", "Mark", "Diagnosis"],
    ["tokopanci", "6888837392742499330", "sehat itu nomor satu 😍 #panci", "7541244821080378631",
     "2025/08/22 16:00:00", "Rice Cooker(1730899853179979036)", 160376, 724, 10, 96, 72, 114,
     158776, 13072, "", 18, 18, 14752937, 91990, 16419225, 0.0815, 0.002, 0.0521, 0.0014, "GA",
     ""],
    ["tokopanci", "6888837392742499330", "teflon granit", "7598022981691985173",
     "2026/01/22 12:00:00", "Wajan(1733439399686276380)", 20952, 102, 1, 13, 10, 114, 25035, 2199,
     "", 20, 20, 3013636, 143835, 3828887, 0.105, 0.0129, 0.0286, 0.0091, "GA", "low"],
    ["temanpanci", "6888837392742499411", "unboxing", "7598022981691985999",
     "2026/04/07 08:30:00", "", 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", ""],
]

DOUYIN_HEADER = """
主播头像 主播昵称 主播抖音号 直播开始时间 直播结束时间 直播时长(分钟) 直播间曝光人数 直播间曝光次数
直播间观看人数 单小时观看人数 直播间观看次数 最高在线人数 平均在线人数 人均观看时长(分钟) 评论次数
新加直播团人数 新增粉丝数 取关粉丝数 观看老粉占比 带货商品数 直播间商品曝光人数 直播间商品点击人数
直播间商品曝光次数 直播间商品点击次数 直播间成交订单数 直播间成交金额 直播间用户支付金额
单小时用户支付金额 直播间成交件数 直播间成交人数 直播间退款订单数 直播间退款金额 直播间退款人数
预估佣金支出 商品曝光-点击率(次数) 商品曝光-点击率(人数) 商品点击-成交率(次数) 商品点击-成交率(人数)
观看-成交率(次数) 观看-成交率(人数) 预售订单数 预售全款金额 新加购物团人数 投放消耗(店铺绑定)
投放消耗(店铺被投) 净成交金额 净成交订单数 1小时退款金额 1小时退款订单数 1小时退款率
消费券引导支付金额 消费券引导支付占比 消费券补贴金额 消费券使用量
""".split()
_NO_SALES: list[object] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "-", "-", "-", "-", "-", "-", 0, 0, 0, 0, 0, 0, 0, 0, 0, "-",
    "-", "-", "-", "-"]
DOUYIN: list[list[object]] = [
    list(DOUYIN_HEADER),
    ["https://p.example/a.png", "鲜果一号", "79312345514", "2026/03/21 19:15:15",
     "2026/03/21 23:15:15", 240, 182584, 280286, 15093, 3773.25, 21254, 375, 124, 1.07, 660, 2,
     518, 12, 0.0421, 30, 12774, 6390, 67458, 10306, 1536, 61045.3, 59847.17, 14961.79, 1547,
     1513, 375, 14603.08, 363, 0, 0.1528, 0.5002, 0.149, 0.2368, 0.0723, 0.1002, 0, 0, 0,
     20000.5, 24052.43, 50512.9, 1271, 10532.4, 265, 0.1725, "-", "-", "-", "-"],
    ["https://p.example/a.png", "鲜果一号", "79312345514", "2026/03/20 19:00:00",
     "2026/03/20 22:30:00", 210, 90000, 130000, 8000, 2285.71, 11000, 200, 60, 0.5, 300, 0, 100,
     3, "4.21%", 25, 5000, 2500, 30000, 5000, 400, 16000, 15800, 4514.29, 410, 390, 60, 2400, 58,
     0, 0.1667, 0.5, 0.08, 0.156, 0.0364, 0.0488, 0, 0, 0, "-", "-", 14000, 350, 1600, 40, 0.1,
     "-", "-", "-", "-"],
    # a session of a small shop without one order
    ["https://p.example/b.png", "小店阿梅", "amei_2026", "2026/03/19 10:00:00",
     "2026/03/19 12:00:00", 120, 900, 1400, 60, 30, 80, 6, "-", 0.4, 5, 0, 1, 0, "-", 8, 40, 9,
     120, 12, *_NO_SALES],
    # a false start
    ["https://p.example/b.png", "小店阿梅", "amei_2026", "2026/03/19 09:58:00",
     "2026/03/19 09:58:20", 0, 10, 12, 1, "-", 1, 1, "-", 0.1, 0, 0, 0, 0, "-", 0, 0, 0, 0, 0,
     *_NO_SALES],
]

THIRDPARTY_SESSIONS: list[list[object]] = [
    ["Name_of_the_livestream", "Start_time", "Peak_viewers", "Gifts_from_viewers",
     "Number_of_products", "Number_of_goods_sold", "Total_sales_amount", "Duration", "Views",
     "Average_number_of_online_viewers", "Number_of_likes", "Number_of_new_followers",
     "Fan Conversion Ratio", "Number_of_new_fans", "Per_customer_transaction", "UV",
     "Sales_conversion_value_ratio", "Average_length_of_stay", "Name", "Online KOL",
     "Occupation"],
    ["周日大场", "08-30 19:15", "11966", "8919.0", "38", "18303", "4563964.1", "4小时46分钟49秒",
     "1195223", "7337", "555824", "3104", "0.26%", "577", "249.36", "3.82", "1.53%", "1分48秒",
     "主播甲", "T", "Television Presenter"],
    # no cart: null, not zero
    ["聊天场", "08-28 12:00", "900", "8123.000000000001", " ", " ", " ", "1小时", "20000", "300",
     "1000", "12", "0.06%", "0", " ", "0.00", " ", "48秒", "主播甲", "T",
     "Television Presenter"],
    # one host, one start: a false start and a show
    ["误触", "06-18 08:42", "0", "0.0", " ", " ", " ", "3秒", "0", "0", "0", "0", "0.00%", "0",
     " ", "0.00", " ", "", "主播乙", "F", "Singer"],
    ["年中场", "06-18 08:42", "7405", "20011.0", "121", "34049", "2052845.29", "5小时35分钟20秒",
     "495891", "5694", "255483", "1213", "0.24%", "220", "60.29", "4.14", "6.87%", "3分51秒",
     "主播乙", "F", "Singer"],
    # the same row again
    ["年中场", "06-18 08:42", "7405", "20011.0", "121", "34049", "2052845.29", "5小时35分钟20秒",
     "495891", "5694", "255483", "1213", "0.24%", "220", "60.29", "4.14", "6.87%", "3分51秒",
     "主播乙", "F", "Singer"],
    # another show of the same minute, title and length: both are kept
    ["年中场", "06-18 08:42", "7000", "0.0", "3", "10", "99.9", "5小时35分钟20秒", "400", "5",
     "25", "1", "0.25%", "2", "9.99", "0.25", "2.50%", "9分", "主播乙", "F", "Singer"],
]

THIRDPARTY_PRODUCTS: list[list[object]] = [
    ["Goods_category", "Retailing_price_(YUAN)", "Commission_rate", "Sales_volume",
     "Sales_amount", "Conversion_rate", "Short_video", "Live_streaming", "Name"],
    ["Food and beverage", "49.9", "1.00%", "100", "4990", "0.46%", "1", "7", "主播甲"],
    ["Food and beverage", "49.9", "1.00%", "3", "150", "0.02%", "0", "1", "主播甲"],
    ["Books, audio and video", "34.0", "0.00%", "20", "680", "0.91%", "2", "4", "主播乙"],
    ["Shoe bag", "0.01", "1.00%", "0", "0", "0.00%", "0", "2", "主播乙"],
    ["Shoe bag", "0.01", "1.00%", "0", "0", "0.00%", "0", "2", "主播乙"],
]

THIRDPARTY_VIDEOS: list[list[object]] = [
    ["Video_content", "Release_time", "The_video_duration", "Estimated_Sales_volume_(pieces)",
     "Estimated_sales_amount", "Number_of_likes", "Number_of_comments", "Number_of_reposts",
     "Name"],
    ["预告", "08-30 12:30:01", "2分30秒", "--", "--", "176062", "6988", "6560", "主播甲"],
    ["切片", "08-29 11:20:08", "58秒", "16889", "1.929522e+06", "77897", "2909", "4766", "主播甲"],
    ["花絮", "06-17 08:00:00", "1分59秒", "40801", "311797.20000000007", "23508", "14995", "350",
     "主播乙"],
]

HOURS: list[list[object]] = [
    BLANK,
    ["Durasi_Jam", "Penonton Aktif", "Produk Terjual", "Bulan"],
    [7.5, 19.0, 9.0, "januari"],
    [12.0, 50.0, 34.0, "januari"],
    [22.904166666666669, 64.0, 32.0, "desember"],
    [2.1775, 21.0, 0.0, "desember"],
]

ORDERS: list[list[object]] = [
    ["订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ",
     "退款金额"],
    ["1", "178.8", "0.0", "上海", "2020-02-21 00:00:00", "", "0.0"],
    ["2", "21.0", "21.0", "内蒙古自治区", "2020-02-20 23:59:54", "2020-02-21 00:00:02", "0.0"],
    ["5", "64.8", "0.0", "江苏省", "2020-02-20 23:57:04", "2020-02-20 23:57:11", "64.8"],
    ["6", "327.7", "148.9", "浙江省", "2020-02-20 23:56:39", "2020-02-20 23:56:53", "178.8"],
    ["6", "327.7", "148.9", "浙江省", "2020-02-20 23:56:39", "2020-02-20 23:56:53", "178.8"],
]

CANONICAL_SESSIONS: list[list[object]] = [
    ["session_id", "streamer_id", "started_at", "ended_at", "gmv", "views", "currency", "x_note"],
    ["s1", "anna", "2026-03-01T19:30:00+08:00", "2026-03-01T21:30:00+08:00", "1234.50", "900",
     "CNY", "rain"],
    ["s2", "anna", "2026-03-02T19:30:00+08:00", "", "", "", "CNY", ""],
    ["s3", "budi", "2026-03-02T12:30:00+00:00", "", "0.00", "10", "IDR", ""],
]


def write_csv(name: str, rows: list[list[object]], *, encoding: str = "utf-8") -> None:
    """Write a comma-separated file."""
    with (HERE / name).open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)


def write_xlsx(name: str, rows: list[list[object]], *, sheet: str = "Sheet1") -> None:
    """Write a spreadsheet whose bytes do not depend on the day it is made."""
    with xlsxwriter.Workbook(HERE / name, {"strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2026, 11, 1, tzinfo=UTC).replace(tzinfo=None)})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        page = book.add_worksheet(sheet)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    page.write_datetime(row, column, cell, moment)
                else:
                    page.write(row, column, cell)
        page.write_blank(len(rows) + 3, 0, None, moment)


def main() -> None:
    """Write every sample file beside this script."""
    write_xlsx("tiktok_livestreams.xlsx", LIVESTREAMS)
    write_xlsx("tiktok_live_ads.xlsx", LIVE_ADS, sheet="Data")
    write_xlsx("tiktok_products.xlsx", PRODUCTS)
    write_xlsx("tiktok_live_products.xlsx", LIVE_PRODUCTS, sheet="Sheet 1")
    write_xlsx("tiktok_videos.xlsx", VIDEOS)
    write_xlsx("tiktok_hours.xlsx", HOURS)
    write_xlsx("douyin_sessions.xlsx", DOUYIN, sheet="直播间明细")
    write_csv("thirdparty_sessions.csv", THIRDPARTY_SESSIONS)
    write_csv("thirdparty_products.csv", THIRDPARTY_PRODUCTS)
    write_csv("thirdparty_videos.csv", THIRDPARTY_VIDEOS)
    write_csv("marketplace_orders.csv", ORDERS, encoding="gb18030")
    write_csv("canonical_sessions.csv", CANONICAL_SESSIONS, encoding="utf-8-sig")


if __name__ == "__main__":
    main()
