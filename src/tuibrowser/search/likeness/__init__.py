"""Words that are used alike: what stands beside each word of the texts, and which words it is the same of."""
