"""How the catalogue runs on one machine: everything in ``var/``, everything on 127.0.0.1, no root needed."""
