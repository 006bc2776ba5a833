"""Files: photos and voice notes, rewritten without what came with them, and sealed."""
