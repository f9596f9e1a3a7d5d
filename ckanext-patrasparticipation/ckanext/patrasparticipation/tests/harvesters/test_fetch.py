"""A fetch brings whole bytes or an error with its reason; the faults are those of the matrix, 1 to 26."""

import hashlib
import time
from datetime import datetime, timedelta, timezone
from resource import RUSAGE_SELF, getrusage

import pytest

from ckanext.patrasparticipation.harvesters.errors import SourceUnavailable
from ckanext.patrasparticipation.harvesters.fetch import Limits, Opener, Policy
from ckanext.patrasparticipation.harvesters.messages import message
from ckanext.patrasparticipation.tests import faulty_server
from ckanext.patrasparticipation.tests.faulty_routes import ROWS, zeros

FAST = Limits(connect=0.5, first_byte=0.5, no_progress=0.5, total=1.5, backoff=0.01, backoff_max=0.02)
LOCAL = ("127.0.0.1",)
SHA256 = hashlib.sha256(ROWS).hexdigest()


@pytest.fixture(scope="module")
def faulty():
    with faulty_server.running() as server:
        yield server


@pytest.fixture(autouse=True)
def _forget(faulty):
    faulty.hits.clear()
    faulty.headers.clear()


@pytest.fixture
def sleeps():
    return []


@pytest.fixture
def opener(tmp_path, sleeps):
    def sleep(seconds):
        sleeps.append(seconds)

    policy = Policy(allow_private=LOCAL, limits=FAST, site="https://data.example.gr", spool=tmp_path)
    with Opener(policy, sleep=sleep) as one:
        yield one


def failure(opener, address):
    with pytest.raises(SourceUnavailable) as failed:
        opener.open(address)
    assert set(message(failed.value.code, failed.value.params)) == {"el", "en"}
    assert not list(opener.folder.iterdir()), "no part may be left"
    return failed.value


def test_a_good_answer_is_a_file_with_its_hash(opener, faulty):
    got = opener.open(faulty.url())
    assert (got.path.read_bytes(), got.size, got.sha256) == (ROWS, len(ROWS), SHA256)
    assert (got.etag, got.content_type, got.not_modified) == ('"one"', "application/json", False)
    assert got.fetched_at.tzinfo
    assert faulty.headers["good"]["User-Agent"].endswith("(+https://data.example.gr)")


def test_closing_the_opener_removes_its_downloads(tmp_path, faulty):
    with Opener(Policy(allow_private=LOCAL, spool=tmp_path)) as opener:
        path = opener.open(faulty.url()).path
        assert path.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_conditional_request_asks_and_brings_nothing(opener, faulty):
    got = opener.open(faulty.url(), etag='"one"', last_modified="Tue, 24 Nov 2026 10:00:00 GMT")
    assert got.not_modified
    assert (got.path, got.sha256, got.size) == (None, None, 0)
    assert faulty.headers["good"]["If-Modified-Since"] == "Tue, 24 Nov 2026 10:00:00 GMT"


def test_1_connection_refused(opener, sleeps):
    assert failure(opener, f"http://127.0.0.1:{faulty_server.closed_port()}/").code == "connect"
    assert len(sleeps) == 3


def test_3_connect_hangs(opener):
    started = time.monotonic()
    with faulty_server.full_backlog() as port:
        assert failure(opener, f"http://127.0.0.1:{port}/").code == "connect"
    assert time.monotonic() - started < 4 * (0.5 + 0.5)


@pytest.mark.parametrize(
    ("route", "code", "tries"),
    [
        pytest.param("never_answers", "timeout", 4, id="4"),
        pytest.param("drip", "timeout", 1, id="5"),
        pytest.param("drip_headers", "timeout", 1, id="5-headers"),
        pytest.param("stalls", "timeout", 4, id="5-stalls"),
        pytest.param("reset", "reset", 4, id="6"),
        pytest.param("short", "truncated", 4, id="7"),
        pytest.param("chunked", "truncated", 4, id="8"),
        pytest.param("s500", "http_status", 4, id="10-500"),
        pytest.param("s502", "http_status", 4, id="10-502"),
        pytest.param("s503", "http_status", 4, id="10-503"),
        pytest.param("s404", "http_status", 1, id="404"),
        pytest.param("s206", "http_status", 1, id="206"),
        pytest.param("empty", "empty_body", 1, id="14"),
        pytest.param("loop", "too_many_redirects", 6, id="18-loop"),
        pytest.param("hops/6", "too_many_redirects", 6, id="18-six-hops"),
        pytest.param("not_modified", "http_status", 1, id="22-nobody-asked"),
        pytest.param("gzip_cut", "truncated", 1, id="gzip-cut"),
        pytest.param("not_gzip", "content_encoding", 1, id="26-not-gzip"),
        pytest.param("brotli", "content_encoding", 1, id="26-brotli"),
        pytest.param("no_http", "broken_answer", 4, id="no-http"),
    ],
)
def test_a_fault_has_its_reason_and_its_number_of_tries(opener, faulty, route, code, tries):
    assert failure(opener, faulty.url(route)).code == code
    assert faulty.hits[route.split("/")[0]] == tries


def test_a_timeout_says_which_patience_ended(opener, faulty):
    assert failure(opener, faulty.url("never_answers")).params["phase"] == "first_byte"
    assert failure(opener, faulty.url("stalls")).params["phase"] == "no_progress"
    assert failure(opener, faulty.url("drip")).params["phase"] == "total"


@pytest.mark.parametrize("route", ["chunked_whole", "gzipped", "hops/5", "comes_back", "wrong_charset"])
def test_a_sound_answer_arrives_whole(opener, faulty, route):
    assert opener.open(faulty.url(route)).sha256 == SHA256


def test_11_retry_after_in_seconds_is_waited_for(opener, faulty, sleeps):
    assert opener.open(faulty.url("busy_seconds")).sha256 == SHA256
    assert len(sleeps) == 1
    assert 2 <= sleeps[0] < 2.1
    assert faulty.hits["busy_seconds"] == 2


def test_12_retry_after_as_a_date_is_waited_for(opener, faulty, sleeps):
    assert opener.open(faulty.url("busy_date")).sha256 == SHA256
    assert 1 < sleeps[0] < 4


def test_12_more_than_an_hour_is_deferred_not_slept(opener, faulty, sleeps):
    failed = failure(opener, faulty.url("busy_long"))
    assert failed.code == "retry_later"
    assert failed.retry_at - datetime.now(timezone.utc) > timedelta(minutes=110)
    assert (sleeps, faulty.hits["busy_long"]) == ([], 1)


def test_a_retry_after_in_no_known_form_falls_back_to_jitter(opener, faulty, sleeps):
    assert opener.open(faulty.url("busy_nonsense")).sha256 == SHA256
    assert sleeps[0] <= FAST.backoff_max


def test_13_a_page_is_recognised(opener, faulty):
    assert opener.open(faulty.url("html")).looks_like_a_page()
    assert not opener.open(faulty.url()).looks_like_a_page()


def test_23_another_body_under_an_equal_etag_has_another_hash(opener, faulty):
    first, second = opener.open(faulty.url("same_etag")), opener.open(faulty.url("same_etag"))
    assert first.etag == second.etag
    assert first.sha256 != second.sha256


def test_24_an_equal_body_under_another_etag_has_the_same_hash(opener, faulty):
    first, second = opener.open(faulty.url("new_etag")), opener.open(faulty.url("new_etag"))
    assert first.etag != second.etag
    assert first.sha256 == second.sha256


def test_25_a_gzip_bomb_meets_its_limit_in_little_memory(opener, faulty):
    zeros()
    before = getrusage(RUSAGE_SELF).ru_maxrss
    assert failure(opener, faulty.url("bomb")).code == "expands_too_much"
    assert (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024 < 100_000_000


@pytest.mark.parametrize(("limit", "route"), [({"size": 100}, "good"), ({"size": 100}, "chunked_whole")])
def test_a_body_beyond_the_limit_is_refused(tmp_path, faulty, limit, route):
    with Opener(Policy(allow_private=LOCAL, limits=Limits(**limit), spool=tmp_path)) as opener:
        assert failure(opener, faulty.url(route)).code == "too_large"


def test_an_expanded_body_beyond_the_limit_is_refused(tmp_path, faulty):
    with Opener(Policy(allow_private=LOCAL, limits=Limits(expanded=100), spool=tmp_path)) as opener:
        assert failure(opener, faulty.url("gzipped")).code == "too_large"


def test_the_environment_names_no_proxy(opener, faulty, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{faulty_server.closed_port()}")
    assert opener.open(faulty.url()).sha256 == SHA256


def test_an_etag_cannot_smuggle_a_header(opener, faulty):
    with pytest.raises(Exception, match="(?i)header"):
        opener.open(faulty.url(), etag='"x"\r\nX-Evil: 1')
    assert faulty.hits["good"] == 0
