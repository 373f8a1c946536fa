"""A site's address and its record's name: what may be chosen, and what each refusal is."""

from __future__ import annotations

import pytest

from pingyi.rules.address import chosen_address, chosen_name, host_of
from pingyi.rules.refused import Refused


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://pingyi.example.gov", "https://pingyi.example.gov"),
        (" HTTPS://Pingyi.Example.gov/ ", "https://pingyi.example.gov"),
        ("pingyi.example.gov", "https://pingyi.example.gov"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000"),
        ("http://[fd00::20]:8000", "http://[fd00::20]:8000"),
    ],
)
def test_an_address_is_kept_as_links_begin_with_it(given: str, kept: str) -> None:
    assert chosen_address(given) == kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "site.address_unfit"),
        ("ftp://pingyi.example.gov", "site.address_unfit"),
        ("https://a b", "site.address_unfit"),
        ("https://zhou@pingyi.example.gov", "site.address_unfit"),
        ("https://pingyi.example.gov:99999", "site.address_unfit"),
        ("https://[fd00", "site.address_unfit"),
        ("https://pingyi.example.gov/desk/", "site.address_has_more"),
        ("https://pingyi.example.gov?x=1", "site.address_has_more"),
        ("http://127.0.0.1:8000", "site.address_is_own"),
        ("localhost:8000", "site.address_is_own"),
        ("http://[::1]/", "site.address_is_own"),
        ("http://0.0.0.0", "site.address_is_own"),
    ],
)
def test_what_leads_nobody_to_the_site_is_no_address(given: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        chosen_address(given)
    assert (refused.value.code, refused.value.field) == (code, "address")


def test_a_name_is_the_host_of_the_address_unless_one_is_given() -> None:
    assert chosen_name(" ", address="https://pingyi.example.gov:8443") == "pingyi.example.gov"
    assert chosen_name("Example.gov/pingyi", address="https://other.example") == "example.gov/pingyi"


@pytest.mark.parametrize("given", ["", "a b", "pingyi.example", "a+b", "评议", "/a", "a//b", "a" * 101])
def test_a_name_that_cannot_be_signed_is_refused(given: str) -> None:
    with pytest.raises(Refused) as refused:
        chosen_name(given, address="")
    assert (refused.value.code, refused.value.field) == ("site.name_unfit", "record_name")


def test_the_host_has_no_port() -> None:
    assert host_of("https://pingyi.example.gov:8443") == "pingyi.example.gov"
    assert host_of("") == ""
