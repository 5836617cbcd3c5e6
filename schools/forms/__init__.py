"""Forms of the cards of schools (`school`) and of the people pages (`people`)."""
