"""The template environment: everything from a report is escaped, a missing name is an error."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.site.words import Label, attribute, both, counted, machine_time, one_piece, plain_number, said

FOLDER = Path(__file__).parent


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: said(value) if isinstance(value, Label) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(t=both, counted=counted, said=said, att=attribute)
    made.filters["number"] = plain_number
    made.filters["one_piece"] = one_piece
    made.filters["machine_time"] = machine_time
    return made


@cache
def template(name: str) -> Template:
    return environment().get_template(name)


def write_page(folder: Path, page: str, name: str, values: Mapping[str, object]) -> int:
    """Render template `name` into `folder / page` and return the bytes written."""
    root = "../" * page.count("/")
    content = template(name).render(root=root, here=page, **values).encode("utf-8")
    target = folder / page
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return len(content)
