"""The interactive assessment: its pages, what each asks and shows, and what an event makes of it."""
