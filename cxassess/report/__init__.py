"""Making one report: a kernel, a notebook, a page and a PDF."""
