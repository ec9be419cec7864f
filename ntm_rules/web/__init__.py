"""The appraisal as a web application: Django on top of `appraisal`, `runs` and the components of `report.html`.

    models/      what is kept: people, rounds with the law they pinned, dossiers, versions of figures, the event log
    configured   settings of one installation, a folder
    databases    SQLite in the folder, or PostgreSQL
    access       every request, decided by `appraisal.permissions`
    laws         the law that a round pinned, opened; repinning: another version, its effect seen first
    closing      a round closed, and opened again; deadlines: its days changed
    kept         what dossiers come to, until something is written to them; reading: figures read and judged
    saving       figures and evidence written down, once; scanning: a virus scanner asked before a file is kept
    signatures   what a PDF bears, read in a process apart; signed_papers: what is handed out and comes back signed
    provider     signing in at a provider, where one is set up
    stepping     steps of a dossier, in one transaction
    council      seats, sessions, votes; concluding: comments recorded, conclusions; deciding: decisions and their register
    rereviews    recognised communes that are no more, and the units they went into
    remarks      what residents write on the public page, and what of it appears
    views/       what a page shows, as values; templates/ draw them

Nothing outside this folder imports Django, and nothing but `ntm web` imports this folder.
"""
