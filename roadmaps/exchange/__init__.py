"""Plans from and to Word and Excel (issue 5, point 5). Pure.

`grid` is a table whatever it came from; `html`, `text`, `docx`, `xlsx` make it; `columns` says
what its columns are, `headings` which of its rows are stages and sections, `rows` turns it into
`DraftRow`s with remarks; `plan_docx`, `plan_xlsx` write a plan that reads back equal. Nothing of a
source is dropped silently: what has no place in a roadmap goes to the note, or a remark says so.
"""
