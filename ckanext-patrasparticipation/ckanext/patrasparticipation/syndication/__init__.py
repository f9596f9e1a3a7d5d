"""What leaves the catalogue for other programs to follow: calendars, news feeds and podcasts."""
