"""Everything that a county needs where no other network is reached, in one folder that can be carried there."""
