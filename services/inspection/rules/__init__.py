"""Rules of inspection; a module for each subject."""
