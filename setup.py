"""Package the extension: one import package, two leaves linked into it, every data file inside."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import find_namespace_packages, setup
from setuptools.command.build_py import build_py

CATALOGUES = Path("ckanext-patrasparticipation/ckanext/patrasparticipation/i18n")


class BuildWithTranslations(build_py):
    """Compile each catalogue before the files are gathered: the .mo that CKAN reads is never committed."""

    def finalize_options(self) -> None:
        """Wheel, source archive, `pip install .` and `-e .` all pass here first."""
        for po in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source))
        super().finalize_options()


setup(
    cmdclass={"build_py": BuildWithTranslations},
    name="ckanext-patrasparticipation",
    version="0.1.0",
    description="An open-data catalogue for a city: participation records and municipal feeds, for CKAN",
    long_description=Path("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    python_requires=">=3.10",
    package_dir={"": "ckanext-patrasparticipation"},
    packages=find_namespace_packages(
        "ckanext-patrasparticipation",
        include=["ckanext.patrasparticipation", "ckanext.patrasparticipation.*"],
    ),
    package_data={
        "ckanext.patrasparticipation": [
            "*.yaml",
            "py.typed",
            "templates/**/*",
            "public/**/*",
            "assets/**/*",
            "i18n/**/*",
            "migration/**/*",
            "guards/*.txt",
            "search/*.yaml",
            "search/solr/*",
            "reading/**/*.txt",
            "records/*.json",
            "records/*.yaml",
            "sample/records/*.yaml",
            "help/*.md",
        ],
        "ckanext.patrasparticipation.schemas": ["**/*.yaml", "**/*.json"],
        "ckanext.patrasparticipation.harvesters": ["**/*.yaml", "**/*.geojson", "**/*.md"],
    },
    install_requires=[
        "ckanext-scheming>=3.1",
        "ckanext-spatial>=2.3.2",
        "ckanext-harvest>=1.6.3",
        "ckanext-dcat>=2.4.4",
        "polars>=2.1",
        "psycopg[binary]>=3.3",
        "procrastinate>=3.10",
        "python-calamine>=0.9",
        "pyogrio>=0.13",
        "pyproj>=3.7",
        "shapely>=2.1",
        "orjson>=3.13",
        "ijson>=3.6",
        "lxml>=5",
        "httpx>=0.28",
        "XlsxWriter>=3.3",
        "icalendar>=7",
        "feedgen>=1.0",
        "beautifulsoup4>=4.12",
        "jsonschema>=4",
        "PyYAML>=6",
        "rich>=13",
        "python-magic>=0.4",
    ],
    entry_points={
        "ckan.plugins": [
            "patrasparticipation = ckanext.patrasparticipation.plugin:PatrasParticipationPlugin",
        ],
        "ckan.rdf.profiles": [
            "participation_dcat_ap = ckanext.patrasparticipation.rdf:ParticipationProfile",
        ],
        "babel.extractors": ["ckan = ckan.lib.extract:extract_ckan"],
    },
)
