"""The green channel: services for enterprises and vulnerable people, and ordinary cases with their limits."""
