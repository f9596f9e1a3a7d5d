"""The application for a web server: ``CKAN_INI=ckan.ini gunicorn ckanext.patrasparticipation.wsgi``."""

from __future__ import annotations

import os
from logging.config import fileConfig

from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

CKAN_INI = os.environ["CKAN_INI"]
fileConfig(CKAN_INI, disable_existing_loggers=False)
application = make_app(CKANConfigLoader(CKAN_INI).get_config())
