"""Verbs over schools and what belongs to them, one noun a module. All are atomic and say in
«История» what they changed (`schools.changes`)."""
