"""Write the reference pages from the code; ``--check`` says whether they are up to date."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from caopan.cli.app import GROUPS, VERBS
from caopan.facts.schema import TABLES
from caopan.ingest.catalogue import layouts
from caopan.ingest.feeds.capability import VERIFIED_WORDS
from caopan.ingest.feeds.catalogue import FEEDS
from caopan.metrics.catalogue import METRICS
from caopan.playbook.handbook import handbook
from caopan.playbook.reference import reference_page
from caopan.web.api.endpoints import ENDPOINTS

FOLDER = Path(__file__).resolve().parent / "reference"
NOTICE = "<!-- made by `make docs` from the code; do not edit -->\n"


def tables() -> str:
    """Return the page of canonical tables."""
    note = ("`*` required. Money is decimal in the exchange format and whole hundredths inside; "
            "null is not zero.")
    lines = ["# Canonical tables · 标准表", "", note]
    for table in TABLES.values():
        lines += ["", f"## {table.name}", "", f"Key: {', '.join(table.key)}", "",
                  "| column | kind | values |", "|---|---|---|"]
        lines += [f"| {column.name}{' *' if column.required else ''} | {column.kind.value} | "
                  f"{', '.join(column.choices)} |" for column in table.columns]
    return "\n".join(lines) + "\n"


def metrics() -> str:
    """Return the page of metrics."""
    note = ("One metric, one definition. Ratios are ratios of sums; a denominator of zero gives "
            "no value.")
    lines = ["# Metrics · 指标", "", note, "",
             "| id | 中文 | English | unit | 口径 | definition |", "|---|---|---|---|---|---|"]
    lines += [f"| `{metric.id}` | {metric.zh} | {metric.en} | {metric.unit.value} | "
              f"{metric.formula.zh} | {metric.formula.en} |" for metric in METRICS.values()]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Return the page of commands."""
    usage = "`caopan [--workspace DIR] [--lang zh|en] [--json] COMMAND …`"
    lines = ["# Commands · 命令", "", usage, "", "| command | 中文 | English |", "|---|---|---|"]
    lines += [f"| `{name}` | {text.zh} | {text.en} |" for name, _, text in VERBS]
    lines += [f"| `{name} {second}` | {text.zh} | {text.en} |"
              for name, _, verbs in GROUPS for second, _, text in verbs]
    return "\n".join(lines) + "\n"


def api() -> str:
    """Return the page of the API's endpoints."""
    note = ("All under `/api`. `Authorization: Bearer` with the token that `caopan serve --json` "
            "prints, or the console's session with its page token in `x-caopan-token`. Refusals "
            "are problem+json (RFC 9457) in the language of `Accept-Language`. Status 202: the "
            "answer is a job, watched at its `url`. Schemas: `/api/openapi.json`.")
    lines = ["# The API · 接口", "", note, "",
             "| endpoint | does | action | status |", "|---|---|---|---|"]
    lines += [f"| `{one.method} {one.path}` | {(one.call.__doc__ or '').splitlines()[0]} | "
              f"{one.action.value} | {one.status} |" for one in ENDPOINTS]
    return "\n".join(lines) + "\n"


def sources() -> str:
    """Return the page of export layouts."""
    lines = ["# Export layouts that are recognised · 认得的导出版式", "",
             "A file is recognised by its columns, never by its name.", "",
             "| layout | 中文 | English | fills | read from a real file |", "|---|---|---|---|---|"]
    lines += [f"| `{layout.name}` | {layout.title.zh} | {layout.title.en} | {layout.table} | "
              f"{'yes' if layout.verified else 'not yet'} |" for layout in layouts()]
    return "\n".join(lines) + "\n"


def connectors() -> str:
    """Return the page of connectors: what each gives, how fresh, and what it cannot give."""
    lines = ["# Connectors · 对接", "",
             ("What a platform tells of a running room. `increment`: what is new to a total; "
             "`gauge`: a value at the time; `each`: one event for each.")]
    for feed in FEEDS.values():
        state = VERIFIED_WORDS[feed.verified]
        needs = ", ".join(f"`{one.name}`{' (optional)' if one.optional else ''}"
                          for one in feed.needs)
        lines += ["", f"## {feed.title.zh} · {feed.title.en}", "",
                  f"**{feed.verified.value}** · {state.zh} · {state.en}", "",
                  (f"`{feed.name}`, {feed.way.value}, every {feed.period:g} s; stale after "
                  f"{feed.stale_seconds:g} s. Live id: {feed.live_id.zh} · {feed.live_id.en}. "
                  f"Settings: {needs or '—'}. Documents: <{feed.source}>"), "",
                  "| event | how | late by at most | 平台数的是 | the platform counts |",
                  "|---|---|---|---|---|"]
        lines += [f"| `{one.kind}` | {one.how.value} | {one.seconds} s | {one.basis.zh} | "
                  f"{one.basis.en} |" for one in feed.gives]
        lines += ["", *(f"- {one.zh} · {one.en}" for one in feed.cannot)]
    return "\n".join(lines) + "\n"


def rules() -> str:
    """Return the page of playbook rules, Chinese first."""
    in_force = handbook().rules
    return reference_page(in_force, "zh") + "\n" + reference_page(in_force, "en")


PAGES: dict[str, Callable[[], str]] = {
    "tables.md": tables, "metrics.md": metrics, "commands.md": commands, "layouts.md": sources,
    "api.md": api, "connectors.md": connectors,
    "rules.md": rules,
}


def main() -> None:
    """Write the pages, or with ``--check`` name those that are not up to date."""
    stale = []
    for name, page in PAGES.items():
        text = NOTICE + page()
        path = FOLDER / name
        if "--check" in sys.argv[1:]:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"not up to date: {', '.join(stale)}\n\nhint: make docs")


if __name__ == "__main__":
    main()
