"""Who may do what: a module for each thing that belongs to a school, `school` for the card."""
