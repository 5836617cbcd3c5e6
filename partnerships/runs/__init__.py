"""A run of matching for a whole municipality: the plan, the job, its words, its pages."""
