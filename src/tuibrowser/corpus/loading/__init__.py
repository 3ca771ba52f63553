"""Read documents in processes of their own."""
