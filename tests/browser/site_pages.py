"""The site's own pages on a server inside the test: sample reports of some years, and pages that fail on demand."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app_server import app_serving
from werkzeug.exceptions import TooManyRequests

from assistant.resources import corpus_folder
from assistant.services import Services, open_services
from assistant.site import create_app
from assistant.store.faq_file import read_faq

FEW = {"police": (2018,), "gov": (2021, 2022), "edu": (2021, 2022)}
MANY = {"police": (2018, 2020, 2021, 2022), "gov": (2018, 2020, 2021, 2022), "edu": (2020, 2021, 2022)}
BODIES = {"police": "青澜市公安局", "gov": "青澜市人民政府", "edu": "青澜市教育局"}
QUESTION = "青澜市公安局2018年主动公开信息多少条？"


@dataclass(frozen=True)
class Pages:
    """The running site.

    Attributes:
        address: where it listens, without a slash at the end.
        services: what it shows.
        years: of each body there.
    """

    address: str
    services: Services
    years: dict[str, tuple[int, ...]]

    def report(self, body: str, year: int) -> str:
        """The path of a report."""
        held = self.services.store.reports(BODIES[body])
        return f"/reports/{next(item.id for item in held if item.year == year)}"

    def path(self, named: str) -> str:
        """A path with {police_2021} and the like filled in."""
        known = {f"{body}_{year}": self.report(body, year) for body, years in self.years.items() for year in years}
        return named.format_map(known)


@contextmanager
def site_pages(data: Path, years: dict[str, tuple[int, ...]], **told: str) -> Iterator[Pages]:
    """The site, running, with the reports of these years of each body and the settings that it is ``told``."""
    services = open_services(data)
    folder = corpus_folder() / "reports"
    named = [f"{body}-{year}" for body, of_body in years.items() for year in of_body]
    services.store.replace_faq(read_faq(corpus_folder() / "faq.yaml"))
    services.ingest([next(folder.glob(f"{name}.*")) for name in named], lambda _: None)
    settings = replace(services.settings, listen_rate="1000 per minute", **told)
    app = create_app(replace(services, settings=settings))

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("on purpose")

    @app.get("/often")
    def often() -> str:
        raise TooManyRequests

    with closing(services), app_serving(app) as address:
        yield Pages(address, services, years)
