"""Keep the Greek catalogue in step with every message a reader can meet: `python -m deploy.i18n`."""
