from __future__ import annotations

from collections.abc import Callable

from caopan.playbook.compiler import Compiled
from caopan.playbook.handbook import handbook
from caopan.playbook.reference import reference_page


def test_the_page_of_one_rule_reads_so(
    aov_fell: str, compile_text: Callable[[str], Compiled]
) -> None:
    rule = compile_text(aov_fell).rule
    assert rule is not None

    page = reference_page([rule], "zh")

    assert page == """\
# 诊断规则

共 1 条。此页由规则文件生成；改规则请在工作区的 playbook 目录里按 id 覆盖。

## 客单

### `aov_fell`

**客单价从 … 降到 …**

- 发现写成：客单价从 {comparison} 降到 {value}
- 何时触发：客单价比上一期低至少 10%
- 下一场怎么做：补组合装
- 看不到什么：新客多时会误报
- 来源：行业经验
- 级别 · 视角 · 可信度 · 状态：中 · 货品 · 行业经验 · 启用
- 版本：1 · 小林 · 2026-03-01 · 自带 · aov_fell.toml
- 例子：触发 1 个，不触发 1 个
"""


def test_every_shipped_rule_is_on_the_page_in_both_languages() -> None:
    rules = handbook().rules

    for language, label in (("zh", "补什么数据能定"), ("en", "What would settle it")):
        page = reference_page(rules, language)  # type: ignore[arg-type] - a literal of the loop
        for rule in rules:
            assert page.count(f"### `{rule.id}`") == 1
        assert page.count("\n## ") == len({rule.topic for rule in rules})
        assert page.count(label) == sum(rule.settle is not None for rule in rules)
