"""Choose, order and describe the matches that are shown."""
