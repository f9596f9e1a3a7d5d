"""The security headers in a real browser: CKAN's pages work under them, and what is hostile does not run."""

from __future__ import annotations

import pytest

STAFF = (
    "/dashboard/",
    "/dataset/new",
    "/organization/new",
    "/group/new",
    "/harvest",
    "/harvest/new",
    "/user/edit/tester",
    "/user/tester/api-tokens",
    "/ckan-admin/",
)
RUN = "() => { const part = document.createElement('div'); part.innerHTML = %s; document.body.append(part); }"
HOSTILE = (
    "'<img src=x onerror=\"window.owned=1\">'",
    "'<a id=bad href=\"javascript:window.owned=1\">x</a>'",
    "'<button id=bad onclick=\"window.owned=1\">x</button>'",
)


@pytest.mark.parametrize("path", STAFF)
def test_the_pages_of_staff_break_no_rule(tab, logged_in, path):
    watched = tab(storage_state=logged_in)
    watched.open(path)
    assert watched.problems == []


@pytest.mark.parametrize("markup", HOSTILE)
def test_script_that_gets_into_a_page_does_not_run(tab, markup):
    page = tab().open("/about")
    page.evaluate(RUN % markup)
    if page.locator("#bad").count():
        page.locator("#bad").click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.owned") is None


def test_a_script_element_that_gets_into_a_page_does_not_run(tab):
    page = tab().open("/about")
    page.evaluate(
        "() => { const part = document.createElement('script');"
        " part.textContent = 'window.owned=1'; document.body.append(part); }"
    )
    assert page.evaluate("window.owned") is None
