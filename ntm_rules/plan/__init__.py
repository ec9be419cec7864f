"""The province's plan: goals, documents owed, which communes by when with whose work, how figures have moved over the years.

Computes from verdicts and knows neither report nor screen. In the order in which one rests on another:

- `loader`: the plan of a set, every reading of a goal a track of its own
- `goals`: the values of a track, worked out from communes or reported by the province; `judging`: the rule that judges
  them; `meeting`: the day on which a goal is reached at its pace
- `owing`: what is done, due and overdue, and what waits for it; `agency_year`: one agency's part
- `effort`: what the unmet requirements of each commune cost each lead agency, by an assumed model
- `aims`: so many communes by the end of a year
- `choosing`: which communes, so that no agency does more than it can, with the least effort; a mathematical program
- `trying`: the same asked again with every number moved a little by chance
- `yearly_work`: what each agency does for which commune in which year
- `solving`: all that takes the solver, as one function of plain values
- `trend`: where every figure is going over the years, and when its target is met at that pace
- `road_map`: communes and years, the yearly work of each agency, what would change the choice
"""

from __future__ import annotations

_FOR_PEOPLE_IN_PYTHON = {
    "deliverables": "ntm_rules.library.following",
    "roadmap": "ntm_rules.library.planning",
    "status": "ntm_rules.library.following",
    "trends": "ntm_rules.library.planning",
}
"""What the library hands out under this package's name -> where it is made; modules here go by other names."""


def __getattr__(name: str) -> object:
    """Import what the library hands out when it is first used."""
    home = _FOR_PEOPLE_IN_PYTHON.get(name)
    if home is None:
        raise AttributeError(f"module 'ntm_rules.plan' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(home), name)
    globals()[name] = found
    return found
