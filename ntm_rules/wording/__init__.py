"""Every sentence about a value, a target, a gap, a decision, a place: said once, for every output to show.

- `values`, `targets`, `gaps`: what was reported, what is asked, how far one is from the other
- `decisions`: what is awaited, from whom, for how long; `sources`: the documents in which the law stands
- `agencies`: their names; `communes`: types, names and groups of communes
- `requirements`: one requirement in sentences: asked, reported, compared, where its target stands
- `dates`, `phrases`: days and spans; capitals, full stops and lengths
- `standing`: how the province and its communes stand
- `settling`: what would settle a verdict
- `findings`, `finding_sentences`, `cross_checks`: what cross-checks found, one by one and side by side; what they look for
- `papers`: what papers and forms need besides
"""
