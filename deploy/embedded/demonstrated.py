"""The county that runs where nobody names another, and what brings its year."""

from deploy.linxi.county import COUNTY as DEMONSTRATED

YEAR = "deploy.linxi"
EXAMPLE = "--linxi-2018"
"""The option that means this county and its year, at `lianban found` and `lianban figures`."""

__all__ = ["DEMONSTRATED", "EXAMPLE", "YEAR"]
