"""CVE-2026-41132: mail goes to a server that proves its name, and nobody learns who has an account."""

import re
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager

import pytest
from ckan.lib import mailer
from ckan.tests import factories

from ckanext.patrasparticipation.guards import mail

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for `localhost` that only itself vouches for."""
    place = tmp_path_factory.mktemp("smtp")
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    words += " -keyout key.pem -out cert.pem"
    extra = ["-subj", "/CN=localhost", "-days", "2", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*words.split(), *extra], cwd=place, check=True, capture_output=True)
    return place


@contextmanager
def smtp(certificate):
    """A mail server with STARTTLS; gives its port and what it was told."""
    said = []
    listener = socket.create_server(("127.0.0.1", 0))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")

    def serve():
        try:
            connection, _ = listener.accept()
            talk(connection, context, said)
        except OSError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], said
    finally:
        listener.close()
        thread.join(2)


def talk(connection, context, said):
    connection.sendall(b"220 here\r\n")
    while line := connection.recv(65536):
        said.append(line)
        if line.upper().startswith(b"EHLO"):
            connection.sendall(b"250-here\r\n250 STARTTLS\r\n")
        elif line.upper().startswith(b"STARTTLS"):
            connection.sendall(b"220 go\r\n")
            connection = context.wrap_socket(connection, server_side=True)
        elif line.upper().startswith(b"DATA"):
            connection.sendall(b"354 go\r\n")
        elif line.upper().startswith(b"QUIT"):
            connection.sendall(b"221 bye\r\n")
            return
        elif line.endswith(b"\r\n.\r\n") or line[:4].upper() in (b"MAIL", b"RCPT"):
            connection.sendall(b"250 ok\r\n")


def settings(monkeypatch, ckan_config, port, **more):
    ckan_config["smtp.server"] = f"localhost:{port}"
    ckan_config["smtp.starttls"] = more.get("starttls", True)
    ckan_config["smtp.mail_from"] = "anoixta@patras.example"
    ckan_config["ckanext.patrasparticipation.smtp_authorities"] = more.get("authorities", "")


def send():
    mailer.mail_recipient("Μαρία", "maria@example.gr", "Θέμα", "Κείμενο")


def test_a_certificate_that_does_not_verify_gets_no_mail(monkeypatch, ckan_config, certificate):
    with smtp(certificate) as (port, said):
        settings(monkeypatch, ckan_config, port)
        with pytest.raises(mailer.MailerException, match="CERTIFICATE_VERIFY_FAILED"):
            send()
    assert not [line for line in said if line[:4].upper() in (b"MAIL", b"RCPT", b"DATA")]


def test_a_certificate_that_verifies_gets_the_mail(monkeypatch, ckan_config, certificate):
    with smtp(certificate) as (port, said):
        settings(monkeypatch, ckan_config, port, authorities=str(certificate / "cert.pem"))
        send()
    assert any(b"maria@example.gr" in line for line in said)


def test_a_password_is_not_sent_in_clear(monkeypatch, ckan_config):
    ckan_config["smtp.mail_from"] = "anoixta@patras.example"
    ckan_config["smtp.server"] = "mail.example.gr"
    ckan_config["smtp.starttls"] = False
    ckan_config["smtp.user"] = "u"
    monkeypatch.setattr(mail.smtplib, "SMTP", FakeSMTP)
    with pytest.raises(mailer.MailerException, match="in clear"):
        send()


class FakeSMTP:
    """A server that says hello and takes nothing."""

    def __init__(self, *words, **more):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *words):
        return None

    def ehlo(self):
        return None


@pytest.mark.usefixtures("clean_db")
def test_asking_for_a_new_password_is_answered_alike_when_mail_is_down(app, ckan_config):
    ckan_config["smtp.mail_from"] = "anoixta@patras.example"
    ckan_config["smtp.server"] = "127.0.0.1:9"
    user = factories.User()
    pages = [app.post("/user/reset", data={"user": name}) for name in (user["name"], "nobody-at-all")]
    assert [page.status_code for page in pages] == [200, 200]
    shown = [re.sub(r'(content|value)="[\w.-]{60,}"', "", page.get_data(as_text=True)) for page in pages]
    assert shown[0] == shown[1]
