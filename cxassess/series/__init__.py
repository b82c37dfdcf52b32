"""Several assessments: the files beside one, and those of one unit over time."""
