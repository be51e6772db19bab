"""How light and how fast the site is, beside a plain Jupyter Book page of the same map."""
