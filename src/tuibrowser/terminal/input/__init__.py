"""Input: the keys, pastes and answers in what a terminal sends."""
