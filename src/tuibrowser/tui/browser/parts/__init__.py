"""The parts of the browser, each of which owns its state and knows the others by what it is given."""
