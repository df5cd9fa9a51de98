"""Who reads words of distress that were kept."""
