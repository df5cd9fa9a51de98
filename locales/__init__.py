"""The voice: what people read, in their own language and writing direction."""
