"""The appraisal as a web application: Django on top of `appraisal`, `runs` and the components of `report.html`.

    models/      what is kept: people, rounds with the law they pinned, dossiers, versions of figures, the event log
    configured   settings of one installation, a folder
    databases    SQLite in the folder, or PostgreSQL
    access       every request, decided by `appraisal.permissions`
    laws         the law that a round pinned, opened
    saving       figures and evidence written down, once
    stepping     steps of a dossier, in one transaction
    views/       what a page shows, as values; templates/ draw them

Nothing outside this folder imports Django, and nothing but `ntm web` imports this folder.
"""
