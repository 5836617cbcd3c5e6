"""Who may do what with schools (`school`) and with people at their posts (`people`)."""
