"""Pages of the schools and of the people who work in them."""
