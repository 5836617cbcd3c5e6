"""Forms of the editor (`plan`) and of reports (`reports`)."""
