"""How a commune, an agency and the province stand: values derived once from an evaluation, for every output to draw.

No words and no files here. In the order in which one rests on another:

- `values`, `reach`, `recognition`, `one_commune`: free of arrays, for whoever looks at one commune
- `reports`: which records say anything, and which are only what a growth of the year after starts from
- `lacks`: every figure owed, every ruling and every group awaited, whatever else has failed beside it
- `ceiling`: what the law in force lets be judged whole, and the most that a commune can meet today
- `tallies`: counts of a level per commune, those met of what can be judged beside those met of all
- `communes`: how the commune of each record stands: group, band, tallies, meets, conditions, decision, points
- `awaited`: the decisions that targets wait for, with owner, due day and days overdue
- `handing_in`: who handed in what can be used, who something that cannot, and who nothing
- `nearest`: the communes in the order of how near they are
- `agencies`: lead agencies by number, by share, and by what would change if they finished
- `agency_share`: what one of them leads, commune by commune
- `completeness`, `distance`: figures reported of those asked; how far by its gaps alone
- `periods`: the years that the province's forms count
- `years`: what rose and what fell since the year before
- `recognition`: communes recognised that do not meet everything now
- `overview`: one year with all of these, each derived when it is first asked for
"""
