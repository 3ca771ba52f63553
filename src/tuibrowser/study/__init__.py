"""Study aids: what stands like a passage elsewhere, and how texts differ."""
