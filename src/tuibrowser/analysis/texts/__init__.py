"""The texts that figures count in: their documents and lengths, what is known of them, and their units."""
