"""What commands print: for people, for programs, and as tables and quotations."""
