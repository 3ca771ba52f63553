"""Pictures of figures for a paper, in black and white: as SVG, as Vega-Lite, and as what is made of these."""
