"""First screens by role: what I owe and what is owed to me."""
