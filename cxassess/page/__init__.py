"""What anything shown is made of: blocks, and how they become HTML and print, under whose brand."""
