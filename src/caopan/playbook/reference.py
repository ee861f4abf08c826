"""The reference page of the handbook, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from caopan.playbook.rule import Rule
from caopan.playbook.wording import Naming, in_words, metric_name
from caopan.playbook.words import word
from caopan.units.message import Language, Text

_TITLE = Text(zh="诊断规则", en="Diagnosis rules")
_LEAD = Text(
    zh="共 {count} 条。此页由规则文件生成；改规则请在工作区的 playbook 目录里按 id 覆盖。",
    en="{count} rules. This page is made from the rule files; to change one, overlay it by id in "
    "the workspace's playbook folder.",
)
_LABELS: dict[str, Text] = {
    "said": Text(zh="发现写成", en="A finding says"),
    "when": Text(zh="何时触发", en="When"),
    "doubt": Text(zh="说不准时", en="In doubt"),
    "advice": Text(zh="下一场怎么做", en="Advice"),
    "settle": Text(zh="补什么数据能定", en="What would settle it"),
    "limits": Text(zh="看不到什么", en="What it misses"),
    "source": Text(zh="来源", en="Source"),
    "facts": Text(zh="级别 · 视角 · 可信度 · 状态", en="Severity · lens · confidence · status"),
    "version": Text(zh="版本", en="Version"),
    "examples": Text(zh="例子", en="Examples"),
}
_COUNTS = Text(zh="触发 {firing} 个，不触发 {quiet} 个", en="{firing} firing, {quiet} quiet")
_COLON = Text(zh="：", en=": ")


def reference_page(
    rules: Sequence[Rule], language: Language, *, naming: Naming = metric_name
) -> str:
    """Return a Markdown page of the rules by topic; rules of one topic stand together.

    Placeholders stay as they are written. ``naming`` gives the names of metrics.

    >>> reference_page([], "en").splitlines()[0]
    '# Diagnosis rules'
    """
    lines = [f"# {_TITLE.say(language)}", "", _LEAD.say(language, count=len(rules))]
    for topic, group in groupby(rules, key=lambda rule: rule.topic):
        lines += ["", f"## {word(topic).say(language)}"]
        for rule in group:
            lines += _section(rule, language, naming)
    return "\n".join(lines) + "\n"


def _section(rule: Rule, language: Language, naming: Naming) -> list[str]:
    """Return one rule: its id as an anchor, its name, and a list of all it holds."""
    when = in_words(rule.condition, language=language, naming=naming)
    facts = (rule.severity, rule.lens, rule.confidence, rule.status)
    dates = " · ".join(
        [
            str(rule.version),
            rule.author,
            *(str(day) for day in (rule.written_on, rule.changed_on) if day),
        ]
    )
    entries = {
        "said": _raw(rule.title, language),
        "when": when,
        "doubt": _raw(rule.doubt, language),
        "advice": _raw(rule.advice, language),
        "settle": _raw(rule.settle, language),
        "limits": _raw(rule.limits, language),
        "source": _raw(rule.source, language),
        "facts": " · ".join(word(fact).say(language) for fact in facts),
        "version": f"{dates} · {word(rule.origin).say(language)} · {', '.join(rule.files)}",
        "examples": _COUNTS.say(language, firing=len(rule.firing), quiet=len(rule.quiet)),
    }
    return [
        "",
        f"### `{rule.id}`",
        "",
        f"**{rule.called.say(language)}**",
        "",
        *(
            f"- {_LABELS[name].say(language)}{_COLON.say(language)}{entry}"
            for name, entry in entries.items()
            if entry
        ),
    ]


def _raw(text: Text | None, language: Language) -> str:
    """Return a text with its placeholders as they are written."""
    return "" if text is None else (text.zh if language == "zh" else text.en)
