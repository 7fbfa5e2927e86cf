"""The published contract, made from the registry of events: JSON Schemas, samples and the AsyncAPI document."""
