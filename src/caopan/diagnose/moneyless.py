"""Subjects whose sessions carry units and no amounts (只有件数): counted, not priced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.diagnose.cleaning import Apart
from caopan.diagnose.facts import Scene
from caopan.stats.arrays import Bools, Floats, grouped_sum
from caopan.units.message import Message, Text

KEY = "no_money"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moneyless:
    """Sessions and units of both sides of every subject without a single amount, shape (s, 2).

    ``there``: shape (s,), whose files carry units and no amounts at all.
    """

    there: Bools
    sessions: Floats
    units: Floats

    def refusal(self, subject: int) -> Message | None:
        """Return why this subject's change is not split; None where there are amounts."""
        if not self.there[subject]:
            return None
        (shows_before, shows_after), (before, after) = (
            side[subject].astype(int).tolist() for side in (self.sessions, self.units))
        return Message(
            key=KEY,
            text=Text(zh="只有件数没有金额：对比期 {shows_before} 场卖 {before} 件，"
                         "本期 {shows_after} 场卖 {after} 件",
                      en="units and no amounts: {before} units in {shows_before} sessions before, "
                         "{after} in {shows_after} now"),
            values={"shows_before": shows_before, "before": before,
                    "shows_after": shows_after, "after": after},
            hint=Text(zh="没有金额就不拆、不估价；导入带成交金额（GMV）的场次或订单。"
                         "件数先这样看：caopan metric units --by month",
                      en="without amounts nothing is split or priced; import sessions or orders "
                         "with their GMV. To see the units: caopan metric units --by month"))


def moneyless(scene: Scene) -> Moneyless:
    """Return who sells by the unit only, with what each side counts; twins count once."""
    sessions, subjects = scene.inputs.sessions, scene.sides.subjects
    priced = grouped_sum(np.isfinite(sessions.columns["gmv"]), sessions.subject, subjects)
    counted = np.isfinite(sessions.columns["units"])
    known = grouped_sum(counted, sessions.subject, subjects)
    rows = counted & (scene.side >= 0) & (scene.apart != Apart.TWIN)
    cell = 2 * sessions.subject[rows] + scene.side[rows]
    return Moneyless(
        there=np.asarray((priced == 0) & (known > 0)),
        sessions=grouped_sum(np.ones(len(cell)), cell, 2 * subjects).reshape(-1, 2),
        units=grouped_sum(sessions.columns["units"][rows], cell, 2 * subjects).reshape(-1, 2))
