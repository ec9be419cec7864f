"""The case: who acts, which steps a dossier may take, who may see and do what, whose layer counts; no Django in it."""
