"""SVG elements as text, with everything a reader wrote escaped."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

FONT = "'Noto Sans JP','Noto Sans CJK JP','Yu Gothic','Hiragino Sans','Meiryo',Arial,sans-serif"


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """An element; `content` is markup already, attribute names may write `-` as `_`."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_plain(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """A line of text."""
    return element("text", escape(words), x=x, y=y, **attributes)


def picture(
    width: float, height: float, name: str, title: str, description: str, parts: Iterable[str]
) -> str:
    """A whole picture, as wide as its page lets it be; `name` makes the ids of its title and description unique."""
    head = element("title", escape(title), id=f"{name}-title") + element(
        "desc", escape(description or title), id=f"{name}-desc"
    )
    return element(
        "svg",
        head + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=FONT,
        font_size=12,
    )


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
