"""Judge lines: reject a line or give it a code, know it again later, and count without what was rejected."""
