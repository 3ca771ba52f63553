"""Documents read in processes of their own."""
