"""What the green channel is told in the year: its services, and ordinary cases."""
