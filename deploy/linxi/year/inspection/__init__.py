"""What inspection is told in the year: patrols and their plans, rectifications, the excellence programme."""
