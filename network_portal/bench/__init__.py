"""`./portal bench`: ratios of pages and of the справка, on invented rows in a database of its own.

`places` makes the databases, `data` fills them, `visit` asks for one page, `pages` lists the
pages, `rival` is Django's own admin over the same rows, `briefing` renders documents in child
processes, `measure` takes turns, `verdict` names missed goals, `table` prints. Nothing here
judges by a clock of one machine: a goal is a ratio of two things measured in turns.
"""
