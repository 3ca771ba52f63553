"""Documents made into lines: views, line breaking, layout and the motions over them."""
