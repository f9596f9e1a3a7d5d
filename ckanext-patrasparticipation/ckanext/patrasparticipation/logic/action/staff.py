"""What helps the people who publish: their first steps, what waits, colleagues, what to publish better."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...staff import mine, openness, steps, waiting
from ..schema import staff as schema


def _me(context: Context) -> model.User:
    """The caller's account."""
    user = model.User.get(str(context.get("user") or ""))
    if user is None:
        raise tk.NotAuthorized(tk._("Log in first."))
    return user


@tk.side_effect_free
def participation_first_steps_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What the caller can do here: their publishers, first steps and whether each is done, what waits.

    Returns:
        ``hidden``: whether the caller has put the steps away; ``publishers``: ``id name title role contact``;
        ``steps``: ``code`` (contact, dataset, table, published, colleague), ``done``, ``publisher dataset
        resource`` (where it is done, or null); none for whoever edits for no publisher; ``waiting``: ``kind``
        (held, queued, refused, stopped, late), ``dataset title resource since health reason name``.

    Raises:
        NotAuthorized: nobody is logged in.
    """
    tk.check_access("participation_first_steps_show", context, data_dict)
    me = _me(context)
    publishers = mine.publishers(me)
    return {
        "hidden": steps.hidden(me),
        "publishers": [vars(one) for one in publishers],
        "steps": steps.steps(me, publishers),
        "waiting": waiting.of([one.id for one in publishers if one.edits]),
    }


@validate(schema.hide)
def participation_first_steps_hide(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Put the first steps away from the caller's dashboard, or call them back.

    Args:
        hidden (bool): false calls them back; true when left out.

    Returns:
        ``hidden``.

    Raises:
        NotAuthorized: nobody is logged in.
    """
    tk.check_access("participation_first_steps_hide", context, data_dict)
    steps.hide(_me(context), data_dict["hidden"])
    return {"hidden": data_dict["hidden"]}


@validate(schema.invite)
def participation_colleague_invite(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Invite a colleague by e-mail; the answer is the same whether or not they have an account.

    Whoever has none gets a link to choose a password, whoever has one is told that they belong now.

    Args:
        id (str): the publisher.
        email (str): the colleague's address.
        role (str): ``editor``, ``admin`` or ``member``.

    Returns:
        ``sent``: true.

    Raises:
        NotAuthorized: the caller is no administrator of the publisher.
        ValidationError: no address; the site cannot send mail, or could not; too many within the hour.
    """
    tk.check_access("participation_colleague_invite", context, data_dict)
    asked = {"group_id": data_dict["id"], "email": data_dict["email"], "role": data_dict["role"]}
    tk.get_action("user_invite")(tk.fresh_context(context), asked)
    return {"sent": True}


@tk.side_effect_free
@validate(schema.one)
def participation_openness_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How open the resources of a dataset are, by 5-star open data, why, and what an editor can do next.

    Args:
        id (str): id or name of the dataset.

    Returns:
        ``dataset_id`` and ``resources``: ``id name format``; ``stars`` (0 to 5; null while a table
        waits to be published), ``reason`` and ``advice``: ``{code, el, en}``; no advice where nothing cheap
        is left to do.

    Raises:
        ObjectNotFound: no such dataset.
        NotAuthorized: the caller may not read it.
    """
    tk.check_access("participation_openness_show", context, data_dict)
    dataset = tk.get_action("package_show")(tk.fresh_context(context), {"id": data_dict["id"]})
    return {"dataset_id": dataset["id"], "resources": openness.of_dataset(dataset)}


@tk.side_effect_free
@validate(schema.listed)
def participation_openness_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The resources of the caller's publishers with the fewest stars: what to publish better first.

    Args:
        limit (int): at most so many; 20.

    Returns:
        for each, the fewest stars first: ``id name format dataset title stars reason advice``; nothing of
        four stars or more.

    Raises:
        NotAuthorized: nobody is logged in.
    """
    tk.check_access("participation_openness_list", context, data_dict)
    return openness.lowest(mine.edited(_me(context)), data_dict["limit"])
