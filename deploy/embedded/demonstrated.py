"""The county that runs where nobody names another, and the program that brings its year."""

from deploy.linxi.county import COUNTY as DEMONSTRATED

YEAR = "deploy.linxi"

__all__ = ["DEMONSTRATED", "YEAR"]
