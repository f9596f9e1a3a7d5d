"""Reading actions of CKAN that fail with 500 on a parameter they did not expect: answered with 409.

Found by asking every reading action of the OpenAPI document with made-up parameters (schemathesis) on CKAN
2.12.0. Named one by one, with what makes them fail; an error of anything else, ours above all, stays a 500.
Each may go when CKAN answers it with 4xx itself; a test says which still fail.
"""

from __future__ import annotations

import functools
from typing import Any

from ckan import logic, model
from ckan.plugins import toolkit as tk
from ckan.types import Action, CKANApp, Context, DataDict
from sqlalchemy.exc import DataError, ProgrammingError

WRONG = (AttributeError, KeyError, TypeError, ValueError, OverflowError, DataError, ProgrammingError)
"""What a wrong value makes of code that did not look at it; never an error of the connection."""

BOOLEAN = "a yes or no that is neither (``tk.asbool``)"
NUMBER = "a number that is none, is below zero or does not fit into the database"
MISSING = "a parameter that is left out (``data_dict['q']``)"
SHAPE = "a list or an object where a text is due"

CARELESS: dict[str, str] = {
    "current_package_list_with_resources": NUMBER,
    "dashboard_activity_list": NUMBER,
    "file_owner_scan": "a kind of owner that nobody defined",
    "group_activity_list": NUMBER,
    "group_autocomplete": MISSING,
    "group_list": BOOLEAN,
    "group_list_authz": BOOLEAN,
    "group_package_show": NUMBER,
    "group_show": BOOLEAN,
    "harvest_source_show_status": MISSING,
    "organization_activity_list": NUMBER,
    "organization_autocomplete": MISSING,
    "organization_list": BOOLEAN,
    "organization_list_for_user": BOOLEAN,
    "organization_show": BOOLEAN,
    "package_activity_list": NUMBER,
    "package_autocomplete": NUMBER,
    "package_list": NUMBER,
    "package_search": BOOLEAN,
    "package_show": BOOLEAN,
    "recently_changed_packages_activity_list": NUMBER,
    "resource_search": SHAPE,
    "scheming_dataset_schema_show": SHAPE,
    "scheming_organization_schema_show": SHAPE,
    "tag_autocomplete": SHAPE,
    "tag_list": BOOLEAN,
    "tag_search": SHAPE,
    "tag_show": BOOLEAN,
    "user_activity_list": NUMBER,
    "user_list": BOOLEAN,
    "user_show": BOOLEAN,
}
"""Action -> what it does not look at."""


def careful(action: str) -> Action:
    """The action as the API calls it; what fails on a parameter is told as a wrong parameter (409)."""
    function = logic.get_action(action)
    if action not in CARELESS:
        return function

    @functools.wraps(function)
    def asked(context: Context, data_dict: DataDict) -> Any:
        try:
            return function(context, data_dict)
        except WRONG as error:
            model.Session.rollback()
            raise tk.ValidationError({"message": [tk._("The request has a wrong value.")]}) from error

    return asked


def install(app: CKANApp) -> None:
    """Stand between the API's view, which makes 500 of any error, and the action.

    CKAN loads its views a second time, by their files: the view itself knows in which module it looks.
    """
    app.view_functions["api.action"].__globals__["get_action"] = careful
