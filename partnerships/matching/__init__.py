"""Candidates for a target school: facts, a score of named parts, reasons in words. Pure."""
