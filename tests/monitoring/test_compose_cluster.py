"""The file that is laid over compose.yml for a county on several machines, as compose itself reads both."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.services import SERVICES
from tests.monitoring.test_compose import CLUSTER, COUNTY, composed


@pytest.fixture(scope="module")
def cluster() -> dict[str, Any]:
    services: dict[str, Any] = composed(COUNTY, beside=CLUSTER)["services"]
    return services


def test_a_cluster_has_two_copies_of_each_service_by_names_of_their_own_and_the_gateways_know_both(
    cluster: dict[str, Any],
) -> None:
    for name in SERVICES:
        copies = [name, f"{name}-2"]
        assert [cluster[one]["environment"]["INSTANCE"] for one in copies] == [f"{name}-1", f"{name}-2"]
        for gateway in ("gateway", "gateway-2"):
            asked = cluster[gateway]["environment"]
            assert asked[f"{name.upper()}_ADDRESS"] == f"{name}:8100 {name}-2:8100"
            assert asked["GATEWAY_COPIES"] == "several"


def test_a_cluster_names_all_servers_of_its_bus_and_all_members_of_its_database(cluster: dict[str, Any]) -> None:
    buses = [name for name in cluster if name.partition("-")[0] == "nats"]
    members = [name for name in cluster if name.partition("-")[0] == "mongo"]
    assert (len(buses), len(members)) == (3, 3)
    copies = [f"{name}{which}" for name in SERVICES for which in ("", "-2")]
    for name in ("setup", *copies):
        assert cluster[name]["environment"]["NATS_URL"] == ",".join(f"tls://{bus}:4222" for bus in buses), name
    made = cluster["secrets"]["environment"]
    assert made["BUS_WITHIN"] == ",".join(buses)
    assert made["DATABASE_WITHIN"] == ",".join(f"{member}:27017" for member in members)
    assert cluster["setup"]["environment"]["REPLICAS"] == "3"
    assert {cluster[bus]["environment"]["KEPT_BEFORE_END"] for bus in buses} == {"USR2"}


def test_only_the_servers_of_a_bus_are_in_the_network_in_which_they_let_in_whoever_comes(
    cluster: dict[str, Any],
) -> None:
    within = {name for name, one in cluster.items() if "routes" in (one.get("networks") or {})}
    assert within == {"nats", "nats-2", "nats-3"}
    listening = {json.loads(cluster[name]["environment"]["NATS_ROUTE"]).partition(":")[0] for name in within}
    assert listening == {alias for name in within for alias in cluster[name]["networks"]["routes"]["aliases"]}


def test_each_of_a_cluster_has_volumes_of_its_own_and_is_as_bounded_as_one_alone(cluster: dict[str, Any]) -> None:
    others = {name: one for name, one in cluster.items() if name != "secrets"}
    kept = [
        volume["source"]
        for one in others.values()
        for volume in one.get("volumes", ())
        if volume["type"] == "volume" and not volume.get("read_only")
    ]
    assert len(kept) == len(set(kept))
    for name, one in others.items():
        alone = others[name.removesuffix("-2").removesuffix("-3")]
        for bound in ("mem_limit", "cap_drop", "security_opt", "read_only", "user", "ulimits", "restart"):
            assert one.get(bound) == alone.get(bound), (name, bound)
