"""The words in which a campaign's answers are told."""

from __future__ import annotations

from caopan.units.message import Text

SYNTHETIC = Text(zh="【合成数据】", en="[synthetic data] ")
HEAD = Text(
    zh="{name}（{level} 级，编号 {id}，第 {version} 版）：{start} 起，爆发日 {burst}，"
       "{sessions} 场",
    en="{name} ({level}, id {id}, version {version}): from {start}, burst day {burst}, "
       "{sessions} sessions")
EXPECTED = Text(zh="预计成交 {said}", en="Expected GMV {said}")
PHASE = Text(zh="  {phase}：{said}", en="  {phase}: {said}")
MET = Text(zh="{said}；目标 {target}，达成概率 {chance}",
           en="{said}; target {target}, probability of being met {chance}")
ABOVE = Text(zh="高于 {share}", en="above {share}")
BELOW = Text(zh="低于 {share}", en="below {share}")
UNTOLD = Text(zh="无法判断：{reason}", en="cannot tell: {reason}")
READY = Text(zh="准备度 {share}；卡点都补齐后 {mended}",
             en="Ready {share}; {mended} once every blocker is dealt with")
GAP = Text(zh="  {name} {share}：{gap}", en="  {name} {share}: {gap}")
NOTHING_OPEN = Text(zh="都齐了", en="all there")
BLOCKER = Text(zh="卡点：{what}（{owner}，最迟 {due}）", en="Blocks: {what} ({owner}, until {due})")
LAST = Text(zh="最后还来得及的时刻：{at}（{what}）",
            en="The last moment that still saves the show: {at} ({what})")
OFFER = Text(zh="建议·{part}：{n} 处改动。{why}", en="Proposed · {part}: {n} changes. {why}")
