"""Which addresses lead to hosts that an operator names: what a browser may read otherwise leads to none of them."""

from __future__ import annotations

import pytest

from shared.hosts import Hosts

LISTED = Hosts.of("Camera.Linxi.gov.cn, .video.example, 203.0.113.0/24,10.1.2.3")


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://camera.linxi.gov.cn/1", True),
        ("https://CAMERA.linxi.gov.cn:8443/1", True),
        ("https://camera.linxi.gov.cn./1", True),
        ("https://a.video.example/", True),
        ("https://video.example/", False),
        ("https://evilvideo.example/", False),
        ("https://camera.linxi.gov.cn.evil.example/", False),
        ("https://203.0.113.9/", True),
        ("https://10.1.2.3/", True),
        ("https://10.1.2.4/", False),
        ("https://192.168.1.1/", False),
        ("https://linxi.gov.cn/", False),
    ],
)
def test_a_list_names_hosts_domains_and_networks(url: str, there: bool) -> None:
    assert LISTED.have(url) is there


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://10.0.0.1/", True),
        ("https://172.31.255.255:8443/a", True),
        ("https://192.168.0.1/", True),
        ("https://county.example/", True),
        ("https://camera.county.example/", True),
        ("https://notcounty.example/", False),
        ("https://172.32.0.1/", False),
        ("https://8.8.8.8/", False),
        ("https://127.0.0.1/", False),
        ("https://169.254.169.254/", False),
        ("https://localhost/", False),
        ("https://0x0a000001/", False),
        ("https://167772161/", False),
        ("https://010.0.0.1/", False),
        ("https://10.1/", False),
        ("https://evil.example/login", False),
    ],
)
def test_without_a_list_private_addresses_and_the_countys_own_host_are_meant(url: str, there: bool) -> None:
    assert Hosts.of("", "county.example").have(url) is there


def test_without_a_list_and_a_host_of_its_own_only_private_addresses_are_meant() -> None:
    assert Hosts.of("").have("https://10.0.0.1/")
    assert not Hosts.of("").have("https://county.example/")


@pytest.mark.parametrize("listed", ["https://a.example", "a b", "*.example", "a/b", ".", "例.cn", "10.0.0.1/8"])
def test_what_is_no_host_is_named(listed: str) -> None:
    with pytest.raises(ValueError, match="is no host"):
        Hosts.of(listed)
