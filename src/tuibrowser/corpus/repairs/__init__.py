"""What bad conversions left in a text, found and mended."""
