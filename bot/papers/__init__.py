"""The papers data protection asks for, made from the code so that they say what it does."""
