"""What a practice asks, shows and suggests, as data: decks of cards, prompts, stems, ideas and questions."""
