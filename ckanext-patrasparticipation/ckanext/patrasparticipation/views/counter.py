"""The page counter's call: ckanext-tracking counts it afterwards, has no route, and trips over odd bodies."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote

from flask import Blueprint, Response, request

participation_counter = Blueprint("participation_counter", __name__)

ADDRESS = "/_tracking"
KINDS = ("page", "resource")
LONGEST = 2000  # letters of an address


@participation_counter.before_app_request
def counted() -> Response | None:
    """Answer the counter with nothing, and hand the tracking plugin a body that it can take apart.

    A body without an address and a known kind is refused (400), and the plugin does not see it.
    """
    environ = request.environ
    if request.method != "POST" or environ.get("PATH_INFO") != ADDRESS:
        return None
    address, kind = request.form.get("url"), request.form.get("type")
    if address is None or len(address) > LONGEST or kind not in KINDS:
        environ["PATH_INFO"] = f"{ADDRESS}/refused"
        return Response(status=400)
    environ["wsgi.input"] = BytesIO(f"url={quote(address)}&type={kind}".encode())
    return Response(status=204)
