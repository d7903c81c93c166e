import pytest

from pipeline.errors import AddressError, TimedOutError
from pipeline.sources.feeds import addresses
from pipeline.sources.feeds.addresses import is_public, look_up, permitted


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public(address: str) -> None:
    assert is_public(address) or address.startswith("::ffff:")  # some Pythons count every mapped address as private


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104  # not to bind to
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:0001::", "2002:0a00:0001::1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "2001:0:7f00:1::", "2001:db8::1", "::ffff:0:7f00:1", "no address", "",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_host_with_some_private_addresses_is_asked_at_the_others() -> None:
    assert permitted("mixed.example", ["10.0.0.1", "93.184.215.14"], allow_private=False) == ["93.184.215.14"]
    assert permitted("mixed.example", ["10.0.0.1"], allow_private=True) == ["10.0.0.1"]


def test_a_private_host_is_refused_with_a_way_out() -> None:
    with pytest.raises(AddressError, match=r"'router.example' is at a private address \(10.0.0.1\).*--allow-private"):
        permitted("router.example", ["10.0.0.1"], allow_private=False)


def test_looking_up() -> None:
    assert look_up("127.0.0.1", 80, 5) == ["127.0.0.1"]
    with pytest.raises(AddressError, match="no host"):
        look_up("a..b", 80, 5)


def test_a_look_up_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_look_up", lambda host, port, answers: None)
    with pytest.raises(TimedOutError):
        look_up("slow.example", 80, 0.01)
