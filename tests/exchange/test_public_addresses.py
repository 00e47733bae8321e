"""Which IP addresses lead to the internet, and which into some network."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_network

import pytest

from forestall.exchange.fetching import is_public


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b:1::808:808",
        "64:ff9b::a01:203",
        "::ffff:0:808:808",
        "fec0::1",
        "::808:808",
        "2002:7f00:1::",
        "2001:0:808:808:0:0:f5fe:fdfc",
        "2001:0:a01:203:0:0:f7f7:f7f7",
        "3fff::1",
        "192.88.99.1",
    ],
)
def test_no_way_of_writing_an_address_leads_inside(address):
    assert not is_public(address)


# What is not "globally reachable" in the registries of special addresses of IANA (RFC 6890), with
# what those without such a word are for: relays, and what was given up.
SPECIAL = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "::1/128",
    "::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001:1::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:30::/28",
    "2001:100::/24",
    "2001:db8::/32",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]


@pytest.mark.parametrize("network", [ip_network(one) for one in SPECIAL], ids=str)
def test_no_address_for_a_special_use_is_public(network):
    many = network.num_addresses
    for at in {0, 1, 8, 9, 10, many // 3, many // 2, many - 2, many - 1}:
        if 0 <= at < many:
            one = network[at]
            written = [str(one)]
            if one.version == 4:
                relayed = IPv6Address((0x2002 << 112) + (int(one) << 80))
                written += [f"::ffff:{one}", f"64:ff9b::{one}", str(relayed)]
            assert not any(is_public(form) for form in written), written


def test_addresses_outside_are_public():
    outside = (
        "192.0.1.1",
        "2001:200::1",
        "2606:4700::1111",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
    )
    assert all(is_public(one) for one in outside)
