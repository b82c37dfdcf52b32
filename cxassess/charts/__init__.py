"""Charts of a scorecard, as Altair charts anyone can restyle. Language by a `Voice`; no client text in them."""
