"""Who may do what with a plan (`plan`) and with reports of schools (`reports`)."""
