"""The library: articles that lead to doing, and what people say beneath them."""
