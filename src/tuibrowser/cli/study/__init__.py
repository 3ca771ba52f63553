"""The commands for the study of passages."""
