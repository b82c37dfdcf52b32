"""How an interview fills an assessment: what is typed, linked, attached, to be translated; which talk is on."""
