"""Small models that both sides train, to compare all the way from data to step."""
