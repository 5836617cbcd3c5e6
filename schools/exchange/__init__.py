"""Workbooks of the registry, in and out: cells → rows → a plan → what is written.

`cells` and `columns` say what a cell may hold, `reading` opens a file, `base` is what a kind of
workbook must tell, `kinds` are the kinds, `planning` compares, `template` and `marking` write.
"""
