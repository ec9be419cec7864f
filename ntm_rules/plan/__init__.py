"""A province's plan: how its goals stand, which documents are owed, what each agency has to do.

- `loader`: the plan of a set, every reading of a goal a track of its own
- `goals`: the values of a track, worked out from communes or reported by the province; `status`: the rule that judges them
- `deliverables`: what is done, due and overdue, and what waits for it
"""
