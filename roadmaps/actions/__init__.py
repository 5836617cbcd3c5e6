"""Verbs of roadmaps: `plan` is the editor, `reports` are the reports of schools."""
