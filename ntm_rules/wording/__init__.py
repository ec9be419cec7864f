"""Every sentence about a value, a target, a gap, a decision, a place: said once, for every output to show.

- `values`: numbers, values, targets and gaps, decisions and places of the law
- `sources`: the documents in which the law's words and targets stand
- `communes`: the groups and types of communes
- `standing`: how the province and its communes stand
- `settling`: what would settle a verdict
- `findings`, `cross_checks`: what cross-checks found, and what they look for
- `papers`: what papers and forms need besides
"""
