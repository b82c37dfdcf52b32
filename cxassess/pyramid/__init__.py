"""Where a company stands: levels, contradictions, the scorecard, and what to do next."""
