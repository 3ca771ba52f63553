"""Work beside the event loop, and the messages that bring its results."""
