"""Proposals to the home organisation of whoever was given an award (培养建议), and their answers."""
