"""What one host does: it answers for some of the segments, each question a frame."""
