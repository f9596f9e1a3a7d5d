"""A source cannot lead the catalogue into its own network or out of its folder of files: faults 19 to 21."""

import os
import socket
import ssl
import subprocess

import pytest

from ckanext.patrasparticipation.harvesters import wire
from ckanext.patrasparticipation.harvesters.addresses import AddressRefused
from ckanext.patrasparticipation.harvesters.errors import DefinitionError, SourceUnavailable
from ckanext.patrasparticipation.harvesters.fetch import Limits, Opener, Policy
from ckanext.patrasparticipation.tests import faulty_server
from ckanext.patrasparticipation.tests.faulty_routes import ROWS

FAST = Limits(connect=1, first_byte=1, no_progress=1, total=3, backoff=0.01, backoff_max=0.02)


@pytest.fixture(scope="module")
def source():
    with faulty_server.running() as server:
        yield server


@pytest.fixture
def canary():
    with faulty_server.running(faulty_server.FaultyServer("127.0.0.2")) as server:
        yield server


def opener(tmp_path, *allowed, **options):
    return Opener(Policy(allow_private=allowed, limits=FAST, spool=tmp_path), **options)


@pytest.mark.parametrize("host", ["127.0.0.2", "[::ffff:127.0.0.2]", "2130706434", "0x7f000002", "127.2"])
def test_a_private_address_gets_no_byte(tmp_path, canary, host):
    with opener(tmp_path) as one, pytest.raises(AddressRefused):
        one.open(canary.url(host=host))
    assert not canary.hits


def test_a_name_that_resolves_to_a_private_address_gets_no_byte(tmp_path, canary):
    with opener(tmp_path, resolve=lambda host, port: ["127.0.0.2"]) as one, pytest.raises(AddressRefused):
        one.open(canary.url(host="lights.example.gr"))
    assert not canary.hits


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2:{port}/good",
        "http://[::ffff:127.0.0.2]:{port}/good",
        "//127.0.0.2:{port}/good",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://127.0.0.2:{port}/",
        "http://user:pw@127.0.0.1/",
        "http://2130706434:{port}/",
    ],
)
def test_19_a_redirect_inwards_is_refused(tmp_path, source, canary, to):
    with opener(tmp_path, "127.0.0.1") as one, pytest.raises(SourceUnavailable) as failed:
        one.open(source.url("redirect?to=" + to.format(port=canary.server_port)))
    assert failed.value.code == "redirect_refused"
    assert not canary.hits


def test_20_a_name_is_resolved_once_and_the_socket_goes_there(tmp_path, source, canary):
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    with opener(tmp_path, "127.0.0.1", resolve=lambda host, port: answers.pop(0)) as one:
        got = one.open(source.url(host="lights.example.gr"))
    assert got.size == len(ROWS)
    assert answers == [["127.0.0.2"]], "the name was looked up once"
    assert source.headers["good"]["Host"] == f"lights.example.gr:{source.server_port}"
    assert not canary.hits


def test_20_a_second_answer_that_is_private_is_refused(tmp_path, source, canary):
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    route = f"redirect?to=http://lights.example.gr:{canary.server_port}/good"
    with (
        opener(tmp_path, "127.0.0.1", resolve=lambda host, port: answers.pop(0)) as one,
        pytest.raises(SourceUnavailable) as failed,
    ):
        one.open(source.url(route, host="lights.example.gr"))
    assert failed.value.code == "redirect_refused"
    assert not canary.hits


def test_the_next_address_is_tried_when_the_first_does_not_answer(tmp_path, source):
    both = ["127.0.0.3", "127.0.0.1"]
    with opener(tmp_path, "127.0.0.0/8", resolve=lambda host, port: both) as one:
        assert one.open(source.url(host="lights.example.gr")).size == len(ROWS)


def test_a_name_that_does_not_resolve_is_unavailable(tmp_path):
    def fails(host, port):
        raise socket.gaierror("no such name")

    with opener(tmp_path, resolve=fails) as one, pytest.raises(SourceUnavailable) as failed:
        one.open("http://lights.example.gr/")
    assert failed.value.code == "connect"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority of our own, and certificates from it and beside it."""
    place = tmp_path_factory.mktemp("tls")

    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=place, check=True, capture_output=True)

    def key(name):
        return [
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            f"{name}.key",
        ]

    def signed(name, host, *validity):
        extra = place / f"{name}.ext"
        extra.write_text(f"subjectAltName=DNS:{host}\n")
        openssl("req", *key(name), "-subj", f"/CN={host}", "-out", f"{name}.csr")
        openssl(
            "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-extfile", str(extra), "-out", f"{name}.pem", *validity,
        )  # fmt: skip

    openssl("req", "-x509", *key("ca"), "-subj", "/CN=Test authority", "-days", "2", "-out", "ca.pem")
    openssl("req", "-x509", *key("self"), "-subj", "/CN=lights.example.gr", "-days", "2", "-out", "self.pem",
            "-addext", "subjectAltName=DNS:lights.example.gr")  # fmt: skip
    signed("sound", "lights.example.gr", "-days", "2")
    signed("other", "bins.example.gr", "-days", "2")
    signed("expired", "lights.example.gr", "-days", "-1")
    return place


def https(certificates, name):
    server = faulty_server.FaultyServer()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return faulty_server.running(server)


def ask(tmp_path, certificates, server, route="good"):
    policy = Policy(
        allow_private=("127.0.0.1",), limits=FAST, spool=tmp_path, authorities=certificates / "ca.pem"
    )
    with Opener(policy, resolve=lambda host, port: ["127.0.0.1"]) as one:
        return one.open(server.url(route, scheme="https", host="lights.example.gr"))


def test_a_sound_certificate_is_checked_against_the_name_not_the_address(tmp_path, certificates):
    with https(certificates, "sound") as server:
        assert ask(tmp_path, certificates, server).size == len(ROWS)


@pytest.mark.parametrize("name", ["expired", "self", "other"])
def test_21_a_certificate_that_does_not_verify_is_refused_at_once(tmp_path, certificates, name):
    with https(certificates, name) as server, pytest.raises(SourceUnavailable) as failed:
        ask(tmp_path, certificates, server)
    assert failed.value.code == "certificate"
    assert not server.hits


def test_a_redirect_from_https_to_http_is_refused(tmp_path, certificates, source):
    with https(certificates, "sound") as server, pytest.raises(SourceUnavailable) as failed:
        ask(tmp_path, certificates, server, "redirect?to=" + source.url())
    assert failed.value.code == "redirect_refused"


def test_verification_is_never_off(tmp_path):
    context = wire.tls(Policy())
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "incoming"
    inside.mkdir()
    (inside / "lights.csv").write_text("id\n1\n")
    (tmp_path / "secret.csv").write_text("secret\n")
    (inside / "link.csv").symlink_to(tmp_path / "secret.csv")
    (inside / "inner.csv").symlink_to(inside / "lights.csv")
    os.mkfifo(inside / "pipe")
    return inside


def local(tmp_path, folder):
    return Opener(Policy(files_folder=folder, spool=tmp_path / "spool"))


@pytest.mark.parametrize("name", ["lights.csv", "inner.csv", "./lights.csv"])
def test_a_file_of_the_folder_is_read(tmp_path, folder, name):
    with local(tmp_path, folder) as one:
        got = one.open_path(name)
        assert got.path.read_text() == "id\n1\n"
        assert got.last_modified.endswith("GMT")


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv",
        "/etc/passwd",
        "link.csv",
        "a/../../secret.csv",
        "",
        "lights.csv\x00",
        "..",
        "..\\secret.csv",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, folder, name):
    with local(tmp_path, folder) as one, pytest.raises(DefinitionError) as refused:
        one.open_path(name)
    assert refused.value.code == "path_refused"
    assert set(refused.value.text) == {"el", "en"}


@pytest.mark.parametrize("name", ["pipe", "missing.csv", "."])
def test_what_is_not_a_file_is_not_waited_for(tmp_path, folder, name):
    with local(tmp_path, folder) as one, pytest.raises(SourceUnavailable) as failed:
        one.open_path(name)
    assert failed.value.code == "file_missing"


def test_without_a_folder_no_path_is_read(tmp_path):
    with Opener(Policy(spool=tmp_path)) as one, pytest.raises(DefinitionError) as refused:
        one.open_path("lights.csv")
    assert refused.value.code == "no_files_folder"
