"""The command line as data: commands, their options and help, and how a line is taken apart."""
