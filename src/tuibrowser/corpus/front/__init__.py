"""What the head and the foot of a text say of it."""
