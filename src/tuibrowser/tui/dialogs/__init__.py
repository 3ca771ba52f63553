"""Dialogs over the browser."""
