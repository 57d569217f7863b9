"""Colours that colour-blind readers tell apart, shared by the dashboard's charts and the reports'."""

from __future__ import annotations

# After Okabe and Ito, "Color Universal Design" (2008), darkened where thin lines need it.
BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE = (
    "#0072B2",
    "#56B4E9",
    "#009E73",
    "#E69F00",
    "#D55E00",
    "#CC79A7",
)
INK, GREY, PALE = "#1F2937", "#6B7280", "#D1D5DB"
