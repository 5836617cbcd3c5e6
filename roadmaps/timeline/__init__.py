"""«Лента времени» of one roadmap: what stands on which days, its layout, its drawing. Pure."""
