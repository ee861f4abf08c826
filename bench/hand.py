# ruff: noqa: S608 - constants put together from constants
"""The metric families as one would write them by hand: the same columns from the same files."""

from __future__ import annotations

DAY = "CAST({0} + INTERVAL 8 HOUR AS DATE)"
PAID = DAY.format("paid_at")
SOLD = ("paid_at IS NOT NULL AND (amount <> 0 OR order_kind IS NULL "
        "OR order_kind NOT IN ('lottery', 'gift'))")
LOOKED_ON = ("(SELECT CAST(greatest(max(paid_at), max(refunded_at), max(created_at)) "
             "+ INTERVAL 8 HOUR AS DATE) FROM orders)")


def share(name: str, above: str, below: str, known: str = "") -> str:
    """Return the four columns of a ratio of sums; a row counts where both sides are known."""
    both = known or f"{above} IS NOT NULL AND {below} IS NOT NULL"
    top, bottom = (f"sum({side}) FILTER ({both})" for side in (above, below))
    return (f"CAST({top} AS DOUBLE) / nullif({bottom}, 0) AS {name}, {top} AS {name}__numerator, "
            f"{bottom} AS {name}__denominator, count(*) FILTER ({both}) AS {name}__n")


FUNNEL = "SELECT coalesce(s.merchant_id, h.merchant_id) AS merchant_id, " + ", ".join(
    share(name, f"s.{above}", f"s.{below}") for name, above, below in (
        ("enter_rate", "viewers", "room_viewers_exposed"),
        ("prod_expo_rate", "product_viewers", "viewers"),
        ("prod_ctr_expo", "product_clickers", "product_viewers"),
        ("click_pay_rate", "buyers", "product_clickers"),
        ("view_pay_rate", "buyers", "viewers"))) + (
    " FROM sessions s LEFT JOIN streamers h USING (streamer_id) GROUP BY 1 ORDER BY 1")

MONTHS = f"""
WITH months AS (
  SELECT merchant_id, CAST(date_trunc('month', {PAID}) AS DATE) AS month, currency,
         CAST(sum(amount) AS DOUBLE) AS value, sum(amount) AS numerator,
         CAST(NULL AS BIGINT) AS denominator, count(amount) AS n
  FROM orders WHERE {SOLD} GROUP BY 1, 2, 3),
beside AS (
  SELECT *, lag(month) OVER w + INTERVAL 1 MONTH = month AS follows, lag(value) OVER w AS v,
         lag(numerator) OVER w AS a, lag(n) OVER w AS k
  FROM months WINDOW w AS (PARTITION BY merchant_id, currency ORDER BY month))
SELECT merchant_id, month, currency, value, numerator, denominator, n,
       CASE WHEN follows THEN v END AS value_before,
       CASE WHEN follows THEN a END AS numerator_before,
       CAST(NULL AS BIGINT) AS denominator_before, CASE WHEN follows THEN k END AS n_before,
       value - CASE WHEN follows THEN v END AS difference,
       (value - CASE WHEN follows THEN v END) / nullif(CASE WHEN follows THEN v END, 0) AS growth
FROM beside ORDER BY 1, 2, 3
"""

REPURCHASE = f"""
WITH bought AS (SELECT merchant_id, buyer_id, {PAID} AS day FROM orders
                WHERE {SOLD} AND buyer_id IS NOT NULL),
first AS (SELECT merchant_id, buyer_id, min(day) AS first_day FROM bought GROUP BY 1, 2),
buyers AS (
  SELECT merchant_id, buyer_id, min(first_day) AS first_day,
         min(day - first_day) FILTER (day > first_day) AS gap
  FROM bought JOIN first USING (merchant_id, buyer_id) GROUP BY 1, 2),
ripe AS (SELECT *, {LOOKED_ON} - first_day AS age FROM buyers)
SELECT merchant_id, """ + ", ".join(
    f"CAST(count(*) FILTER (age > {days} AND gap <= {days}) AS DOUBLE) "
    f"/ nullif(count(*) FILTER (age > {days}), 0) AS repurchase_{days}, "
    f"CASE WHEN count(*) FILTER (age > {days}) > 0 THEN "
    f"count(*) FILTER (age > {days} AND gap <= {days}) END AS repurchase_{days}__numerator, "
    f"nullif(count(*) FILTER (age > {days}), 0) AS repurchase_{days}__denominator, "
    f"count(*) FILTER (age > {days}) AS repurchase_{days}__n" for days in (30, 90)) + """
FROM ripe GROUP BY 1 ORDER BY 1
"""

COHORTS = f"""
WITH bought AS (SELECT merchant_id, buyer_id,
                       CAST(date_trunc('month', {PAID}) AS DATE) AS month FROM orders
                WHERE {SOLD} AND buyer_id IS NOT NULL),
months AS (SELECT DISTINCT merchant_id, buyer_id, month FROM bought),
placed AS (SELECT month, min(month) OVER (PARTITION BY merchant_id, buyer_id) AS cohort
           FROM months),
counted AS (SELECT cohort, date_diff('month', cohort, month) AS months, count(*) AS buyers
            FROM placed GROUP BY 1, 2)
SELECT c.cohort, c.months, c.buyers, z.buyers AS size, c.buyers / z.buyers AS share,
       c.cohort + to_months(CAST(c.months AS INTEGER)) < date_trunc('month', {LOOKED_ON})
       AS complete
FROM counted c JOIN counted z ON z.cohort = c.cohort AND z.months = 0 ORDER BY 1, 2
"""

PERCENTILE = "WITH own AS (SELECT m.category AS merchant_category, o.merchant_id, " + share(
    "value", "o.buyers", "o.viewers").replace("value__", "") + """
  FROM (SELECT coalesce(s.merchant_id, h.merchant_id) AS merchant_id, s.buyers, s.viewers
        FROM sessions s LEFT JOIN streamers h USING (streamer_id)) o
  LEFT JOIN merchants m ON m.merchant_id = o.merchant_id GROUP BY 1, 2)
SELECT *, count(value) OVER (PARTITION BY merchant_category) AS peers,
       CASE WHEN value IS NOT NULL THEN
         (2 * (rank() OVER (PARTITION BY merchant_category, value IS NULL ORDER BY value) - 1)
          + count(*) OVER (PARTITION BY merchant_category, value))
         / nullif(2.0 * count(value) OVER (PARTITION BY merchant_category), 0) END AS percentile
FROM own ORDER BY 1, 2
"""

AROUND = f"""
WITH events AS (SELECT merchant_id, starts_on AS "on" FROM engagements),
span AS (SELECT {DAY.format("min(paid_at)")} AS first, {DAY.format("max(paid_at)")} AS last
         FROM orders WHERE {SOLD}),
days AS (SELECT merchant_id, {PAID} AS day, currency, sum(amount) AS amount FROM orders
         SEMI JOIN events USING (merchant_id) WHERE {SOLD} GROUP BY 1, 2, 3),
totals AS (
  SELECT e.merchant_id, e."on", d.currency, sum(d.amount) FILTER (d.day < e."on") AS before,
         sum(d.amount) FILTER (d.day > e."on") AS after
  FROM events e LEFT JOIN days d ON d.merchant_id = e.merchant_id AND d.day <> e."on"
       AND d.day BETWEEN e."on" - 14 AND e."on" + 14 GROUP BY 1, 2, 3),
sides AS (
  SELECT merchant_id, "on", currency,
         CASE WHEN "on" - first >= 14 THEN coalesce(before, 0) END AS before,
         CASE WHEN last - "on" >= 14 THEN coalesce(after, 0) END AS after FROM totals, span)
SELECT *, CAST(after AS DOUBLE) / nullif(before, 0) AS value FROM sides ORDER BY "on", merchant_id
"""

TOP_MINUTES = """
SELECT session_id, minute, gmv,
       row_number() OVER (PARTITION BY session_id ORDER BY gmv DESC, minute) AS place
FROM session_minutes WHERE gmv IS NOT NULL QUALIFY place <= 5 ORDER BY session_id, place
"""
