"""`lianban`: what an operator types, embedded or in containers; where the county runs decides which is meant."""
