"""Dashboards as code: `python -m deploy.grafana` writes them; Grafana reads the files."""
