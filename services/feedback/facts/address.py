"""Where the facts behind a figure are listed."""


def facts_url(organisation: str, measure: str, period: str) -> str:
    """Of one measure of an organisation in a period."""
    return f"/feedback/organisations/{organisation}/facts?measure={measure}&period={period}"
