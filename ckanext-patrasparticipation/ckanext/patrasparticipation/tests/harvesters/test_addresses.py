"""No form of a private address gets past the border."""

import pytest

from ckanext.patrasparticipation.harvesters.addresses import AddressRefused, check, host_of, parse

PRIVATE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1",
    "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
    "fd00::1", "fd00:ec2::254", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2001:0:0:0:0:0:80ff:fffe", "fec0::1", "2001:db8::1", "fe80::1%eth0",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_private_address_is_refused(ip):
    with pytest.raises(AddressRefused) as refused:
        check("http://h/", "h", [ip], [])
    assert refused.value.code == "address_private"


@pytest.mark.parametrize("ip", PUBLIC)
def test_a_public_address_is_allowed(ip):
    assert check("http://h/", "h", [ip], []) == [ip]


def test_one_private_address_among_public_ones_refuses_the_host():
    with pytest.raises(AddressRefused):
        check("http://h/", "h", ["8.8.8.8", "10.0.0.1"], [])


@pytest.mark.parametrize("entry", ["10.0.0.0/8", "10.0.0.1", "lights.internal", "LIGHTS.internal."])
def test_the_settings_allow_a_host_an_address_or_a_block(entry):
    assert check("a", "lights.internal", ["10.0.0.1"], [entry]) == ["10.0.0.1"]


@pytest.mark.parametrize("entry", ["11.0.0.0/8", "internal", "other.internal", ""])
def test_another_entry_allows_nothing(entry):
    with pytest.raises(AddressRefused):
        check("a", "lights.internal", ["10.0.0.1"], [entry])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://2130706433/", "address_form"),
        ("http://0x7f000001/", "address_form"),
        ("http://0x7f.1/", "address_form"),
        ("http://127.1/", "address_form"),
        ("http://0177.0.0.1/", "address_form"),
        ("http://017700000001/", "address_form"),
        ("http://1.2.3.4.5/", "address_form"),
        ("http://example.com.1/", "address_form"),
        ("http://[fe80::1%25eth0]/", "address_form"),
        ("http://exa mple.com/", "address_form"),
        ("http://example.com\\@127.0.0.1/", "address_form"),
        ("http://example.com/\n", "address_form"),
        ("http://exam\x00ple.com/", "address_form"),
        ("http://[::1/", "address_form"),
        ("http://a:b@example.com/", "address_credentials"),
        ("http://@example.com/", "address_credentials"),
        ("file:///etc/passwd", "address_scheme"),
        ("/etc/passwd", "address_scheme"),
        ("//example.com/", "address_scheme"),
        ("gopher://example.com/", "address_scheme"),
        ("ftp://example.com/", "address_scheme"),
        ("javascript:alert(1)", "address_scheme"),
        ("http:///x", "address_host"),
        ("http:", "address_host"),
        ("http://example.com:0/", "address_port"),
        ("http://example.com:99999/", "address_port"),
        (None, "address_form"),
        (["http://example.com/"], "address_form"),
    ],
)
def test_an_odd_address_is_refused_with_its_reason(address, code):
    with pytest.raises(AddressRefused) as refused:
        parse(address)
    assert refused.value.code == code
    assert set(refused.value.text) == {"el", "en"}


def test_a_refusal_does_not_repeat_the_password():
    with pytest.raises(AddressRefused) as refused:
        parse("https://user:hunter2@example.com/x")
    assert "hunter2" not in str(refused.value) + refused.value.text["en"]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://data.example.gr/lights.json?page=2#x", "data.example.gr"),
        ("https://δήμος.gr/φώτα", "xn--jxalzmp.gr"),
        ("http://EXAMPLE.com.:8080/", "example.com"),
        ("http://[2606:4700::1111]:8080/", "2606:4700::1111"),
        ("http://8.8.8.8/a@b", "8.8.8.8"),
        ("http://1and1.example/", "1and1.example"),
    ],
)
def test_a_good_address_keeps_its_host(address, host):
    assert host_of(parse(address)) == host
