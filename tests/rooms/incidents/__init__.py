"""How incidents are noted, counted down and closed."""
