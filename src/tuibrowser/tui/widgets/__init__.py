"""The widgets: each owns its state, draws itself and speaks in messages."""
