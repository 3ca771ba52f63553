"""What figures count in the index: places, what stands beside matches, and how long the texts are."""
