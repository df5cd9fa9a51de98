"""Parents who are asked before anything is kept, in words that do not change under them."""
