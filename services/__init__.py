"""The four services that decide, and the agent that submits. None imports another."""
