"""First screens by role, one module each; `start` chooses among them."""
