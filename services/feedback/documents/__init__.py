"""Documents: reports that are drafted, reviewed, signed, numbered, delivered and signed for."""
