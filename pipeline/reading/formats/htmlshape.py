"""A page's elements: what a reader sees of them, which tables hold data, where the report stands.

Nothing here recurses: pages may nest as they like.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LEAVES = HEADINGS | {"p", "li", "ul", "ol", "dl", "span", "font", "a", "pre"}
UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "select",
     "button", "input", "textarea", "head", "audio", "video", "map", "marquee")
)  # fmt: skip
MAIN_SHARE, TOTAL_SHARE = 0.8, 0.6  # of the parent's and of the page's text that the report's element holds


@dataclass(slots=True)
class _Shape:
    nested: int = 0
    rows: list[int] = field(default_factory=list)
    largest: int = 0
    size: int = 0
    blocks: int = 0


def events(root: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """(`enter`, `exit` or `text`, node) in document order; what a reader does not see is left out."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            yield "exit", node
        elif node.is_text_node:
            yield "text", node
        elif node.is_element_node and not _unseen(node):
            yield "enter", node
            stack.append((node, True))
            children, child = [], node.child
            while child is not None:
                children.append((child, False))
                child = child.next
            stack.extend(reversed(children))


def _unseen(node: LexborNode) -> bool:
    if node.tag in UNSEEN:
        return True
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style


def measure(body: LexborNode) -> tuple[dict[int, int], set[int]]:
    """Characters outside links below each element, by its mem_id; and which tables hold data."""
    weights: dict[int, int] = {}
    sums, data_tables = [0], set()
    shapes: list[_Shape] = []
    cells: list[int] = []
    links = 0
    for event, node in events(body):
        tag = node.tag
        if event == "text":
            size = len((node.text_content or "").strip())
            sums[-1] += 0 if links else size
            if shapes:
                shapes[-1].size += size
                if cells:
                    cells[-1] += size
        elif event == "enter":
            sums.append(0)
            links += tag == "a"
            if tag == "table":
                shapes.append(_Shape())
            elif shapes and tag == "tr":
                shapes[-1].rows.append(0)
            elif shapes and tag in ("td", "th"):
                cells.append(0)
                if shapes[-1].rows:
                    shapes[-1].rows[-1] += 1
            elif shapes and tag in ("p", "div", "br"):
                shapes[-1].blocks += 1
        else:
            weights[node.mem_id] = sums.pop()
            if sums:
                sums[-1] += weights[node.mem_id]
            links -= tag == "a"
            if tag in ("td", "th") and cells:
                size = cells.pop()
                if shapes:
                    shapes[-1].largest = max(shapes[-1].largest, size)
            elif tag == "table" and shapes:
                shape = shapes.pop()
                if shapes:
                    shapes[-1].nested += 1 + shape.nested
                    shapes[-1].size += shape.size
                    if cells:
                        cells[-1] += shape.size
                if _holds_data(shape):
                    data_tables.add(node.mem_id)
    return weights, data_tables


def _holds_data(shape: _Shape) -> bool:
    wide = sum(cells > 1 for cells in shape.rows)
    if shape.nested:
        return sum(cells > 2 for cells in shape.rows) > 2 and shape.largest < 0.4 * shape.size
    page_like = len(shape.rows) <= 3 and shape.largest > 600 and shape.blocks > 3
    return wide > 0 and not page_like


def main_element(body: LexborNode, weights: dict[int, int], data_tables: set[int]) -> LexborNode:
    """The smallest element that holds nearly all of the running text."""
    total, main = weights.get(body.mem_id, 0), body
    while True:
        child, heaviest = main.child, None
        while child is not None:
            if child.is_element_node and weights.get(child.mem_id, -1) > weights.get(
                heaviest.mem_id if heaviest else 0, 0
            ):
                heaviest = child
            child = child.next
        if heaviest is None or heaviest.tag in LEAVES or heaviest.mem_id in data_tables:
            return main
        weight = weights[heaviest.mem_id]
        if weight < MAIN_SHARE * weights.get(main.mem_id, 0) or weight < TOTAL_SHARE * total:
            return main
        main = heaviest
