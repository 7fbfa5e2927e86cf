"""The published contract, made from the registry of events and its samples: JSON Schemas and the AsyncAPI document."""
