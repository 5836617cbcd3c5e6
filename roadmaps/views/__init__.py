"""Pages of roadmaps, their rows, reports of schools and the methodists' queue."""
