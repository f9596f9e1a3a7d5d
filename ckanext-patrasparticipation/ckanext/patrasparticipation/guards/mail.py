"""Mail goes out only to a server whose certificate verifies, and a lost mail tells nobody who has an account.

Answers CVE-2026-41132 (GHSA-mpfm-fpgx-647q): CKAN 2.12.0 calls ``starttls()`` without checking the
certificate, so whoever stands in between reads every password-reset link. May go when CKAN knows
``smtp.starttls_verify`` (2.11.6 does) and its reset answers alike whether or not the mail could be sent.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from email import utils
from email.message import EmailMessage
from typing import Any

from ckan.common import config
from ckan.lib import mailer

from ckanext.patrasparticipation.config import smtp_authorities
from ckanext.patrasparticipation.guards.baseline import is_loopback

log = logging.getLogger(__name__)

TIMEOUT = 30.0  # seconds


def notify_recipient(
    already_notified: bool,
    recipient: tuple[str, str],
    subject: str,
    body: str,
    *more: Any,
    **named: Any,
) -> bool:
    """Send a mail; whether one was sent. ``recipient`` is name and address.

    ``more`` are, as CKAN orders and names them, ``body_html``, ``headers`` and ``attachments``.

    Raises:
        MailerException: the server was not reached, or is not who it says it is. Nothing was sent.
    """
    if already_notified or not config.get("smtp.server"):
        return already_notified
    given = dict(zip(("body_html", "headers", "attachments"), more, strict=False)) | named
    message = _message(recipient, subject, body, given.get("body_html"), given.get("headers") or {})
    for attachment in given.get("attachments") or ():
        _attach(message, *attachment)
    try:
        _send(message, recipient[1])
    except (OSError, smtplib.SMTPException) as error:
        raise mailer.MailerException(f"{config['smtp.server']}: {error!r}") from error
    return True


def notify_about_topic(already_notified: bool, topic: str, details: dict[str, Any] | None) -> bool:
    """Answer a request for a new password alike, whether or not its mail could be sent; the log knows."""
    if already_notified or topic != "request_password_reset" or not details:
        return already_notified
    try:
        mailer.send_reset_link(details["user"])
    except mailer.MailerException:
        log.exception("The link for a new password was not sent to user %s", details["user"].name)
    return True


def _message(
    recipient: tuple[str, str], subject: str, body: str, body_html: str | None, headers: dict[str, Any]
) -> EmailMessage:
    """The mail, with the headers CKAN gives its own."""
    if not config.get("smtp.mail_from"):
        raise mailer.MailerException("smtp.mail_from is not set")
    message = EmailMessage()
    message.set_content(body, cte="base64")
    if body_html:
        message.add_alternative(body_html, subtype="html", cte="base64")
    for name, value in headers.items():
        del message[name]
        message[name] = value
    message["Subject"] = subject
    message["From"] = utils.formataddr((config.get("ckan.site_title"), config.get("smtp.mail_from")))
    message["To"] = utils.formataddr(recipient)
    message["Date"] = utils.formatdate()
    if config.get("smtp.reply_to") and not message["Reply-To"]:
        message["Reply-To"] = config["smtp.reply_to"]
    return message


def _attach(message: EmailMessage, name: str, file: Any, media_type: str | None = None) -> None:
    """Add a file to the mail; without a media type it is plain bytes."""
    main, _, sub = (media_type or "application/octet-stream").partition("/")
    content = file.read()
    data = content.encode() if isinstance(content, str) else content
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)


def _send(message: EmailMessage, address: str) -> None:
    """Hand the mail to the server; log-in and content only over TLS that verifies, or to this machine."""
    host, port = mailer._parse_smtp_server(config["smtp.server"])
    if not host:
        raise mailer.MailerException("smtp.server names no host")
    with smtplib.SMTP(host, port, timeout=TIMEOUT) as server:
        server.ehlo()
        if config.get("smtp.starttls"):
            server.starttls(context=_tls())
            server.ehlo()
        elif config.get("smtp.user") and not is_loopback(host):
            raise mailer.MailerException(f"smtp.starttls is off: no password is sent in clear to {host}")
        if config.get("smtp.user"):
            server.login(config["smtp.user"], config["smtp.password"])
        server.sendmail(config.get("smtp.mail_from"), [address], message.as_bytes())
    log.info("Sent mail to %s", address)


def _tls() -> ssl.SSLContext:
    """TLS that verifies, by the system's authorities and those of the settings."""
    context = ssl.create_default_context()
    if authorities := smtp_authorities():
        context.load_verify_locations(cafile=authorities)
    return context
