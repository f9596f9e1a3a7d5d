"""S17, S18, S20: guessing is slow, answers alike, and a link for a new password dies."""

from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from ckan import model
from ckan.lib import mailer
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.guards import accounts
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import PASSWORD, Browser

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture(autouse=True)
def _fresh():
    redis = connect_to_redis()
    for key in redis.scan_iter("participation:*"):
        redis.delete(key)


def attempt(app, name, password="wrong", **options):
    return Browser(app).post("/user/login", {"login": name, "password": password}, **options)


def test_the_sixth_try_waits_whatever_header_is_forged(app):
    user = factories.User(password=PASSWORD)
    statuses = [attempt(app, user["name"]).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    refused = attempt(app, user["name"], headers={"X-Forwarded-For": "203.0.113.9"})
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert attempt(app, user["name"], PASSWORD).status_code == 429, "the right password waits too"
    other = factories.User(password=PASSWORD)
    assert attempt(app, other["name"], PASSWORD).status_code == 302, "nobody else is locked out"


def test_logging_in_forgets_the_failures(app):
    user = factories.User(password=PASSWORD)
    for _ in range(3):
        assert [attempt(app, user["name"]).status_code for _ in range(4)] == [200] * 4
        assert attempt(app, user["name"], PASSWORD).status_code == 302


@pytest.mark.ckan_config("ckanext.patrasparticipation.trusted_proxies", 1)
def test_behind_a_proxy_of_ours_its_word_counts_and_no_other(app):
    user = factories.User(password=PASSWORD)
    for number in range(5):
        forged = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}
        assert attempt(app, user["name"], headers=forged).status_code == 200
    assert attempt(app, user["name"], headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.9"}).status_code == 429
    assert attempt(app, user["name"], headers={"X-Forwarded-For": "203.0.113.10"}).status_code == 200


def test_the_fourth_request_for_a_password_waits(app):
    statuses = [Browser(app).post("/user/reset", {"user": "nobody"}).status_code for _ in range(4)]
    assert statuses[3] == 429
    assert 429 not in statuses[:3]


def test_a_form_without_its_fields_is_no_failure_of_ours(app):
    for fields in (
        {},
        {"login": "x"},
        {"password": "x"},
        {"login": "x", "password": "y", "remember": "soon"},
    ):
        assert Browser(app).post("/user/login", fields).status_code == 400, fields
    assert Browser(app).post("/user/reset", {}).status_code == 302
    assert Browser(app).post("/user/login", {"login": "x\x00", "password": "y"}).status_code == 400


def test_an_unknown_name_takes_as_long_as_a_known_one(app):
    user = factories.User(password=PASSWORD)

    def seconds(name):
        started = perf_counter()
        accounts.authenticate({"login": name, "password": "wrong"})
        from ckan.lib.authenticator import default_authenticate

        default_authenticate({"login": name, "password": "wrong", "check_captcha": False})
        return perf_counter() - started

    with app.flask_app.test_request_context():
        known = median(seconds(user["name"]) for _ in range(9))
        unknown = median(seconds("nobody-at-all") for _ in range(9))
    assert 0.5 < unknown / known < 2


def reset_link(app, user, moment=None, monkeypatch=None):
    account = model.User.get(user["id"])
    if moment:
        monkeypatch.setattr(clock, "now", lambda: moment)
    mailer.create_reset_key(account)
    if moment:
        monkeypatch.undo()
    return f"/user/reset/{user['id']}?key={model.User.get(user['id']).reset_key}"


def test_a_link_for_a_new_password_works_once(app):
    user = factories.User(password=PASSWORD)
    link = reset_link(app, user)
    browser = Browser(app)
    assert browser.get(link).status_code == 200
    fields = {"password1": "another long one 77", "password2": "another long one 77"}
    assert browser.post(link, fields).status_code == 302
    assert browser.post(link, fields).status_code == 403
    assert browser.post(link, {}).status_code == 403


@pytest.mark.parametrize(
    ("minutes", "state", "status"), [(59, "active", 200), (61, "active", 403), (61, "pending", 200)]
)
def test_a_link_dies_within_the_hour_an_invitation_later(app, monkeypatch, minutes, state, status):
    user = factories.User(password=PASSWORD)
    account = model.User.get(user["id"])
    account.state = state
    model.repo.commit()
    link = reset_link(app, user, clock.now() - timedelta(minutes=minutes), monkeypatch)
    assert Browser(app).get(link).status_code == status


def test_a_key_of_another_form_opens_nothing(app):
    user = factories.User()
    account = model.User.get(user["id"])
    account.reset_key = "0123456789abcdef0123456789abcdef"
    model.repo.commit()
    assert (
        Browser(app).get(f"/user/reset/{user['id']}?key=0123456789abcdef0123456789abcdef").status_code == 403
    )
    assert Browser(app).get(f"/user/reset/{user['id']}?key=κλειδί").status_code == 403
    assert Browser(app).get(f"/user/reset/{user['id']}").status_code == 403
