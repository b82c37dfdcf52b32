"""One person filling in an assessment: one event, one new assessment, one save, shown in every browser."""
