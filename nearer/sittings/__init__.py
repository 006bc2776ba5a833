"""The practice framework: what every room shares, so that a room is only its rules, words and look."""
