"""What is asked and said: the content files, read, checked against each other, and spoken in a language."""
