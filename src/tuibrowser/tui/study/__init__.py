"""The desk for the study of passages."""
