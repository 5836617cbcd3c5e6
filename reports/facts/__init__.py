"""What is true of a municipality's network: queries and plain figures for documents and pages.

Everything starts from one municipality; of another one only the name of a partner is told.
"""
