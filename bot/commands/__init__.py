"""The commands of the operator, by what they are for."""
