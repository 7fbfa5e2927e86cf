"""What a reason for a no is made of."""

Sentences = tuple[str, str]
"""In Chinese and in English; `{details}` are filled in."""
