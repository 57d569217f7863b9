"""Keep the two message catalogues complete.

    python scripts/translations.py update    bring staffing/locale up to date with the code
    python scripts/translations.py check     list what is missing or wrong; status 1 when there is anything

`scripts/messages.py` says which texts of the code are messages, `scripts/catalogue.py` which of the shipped
catalogue.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

SCRIPTS = Path(__file__).resolve().parent
sys.path.insert(0, str(SCRIPTS))  # already there when this runs as a script, not when a test imports it

import catalogue  # noqa: E402
from messages import Message, Package, gaps  # noqa: E402

PACKAGE = SCRIPTS.parent / "staffing"
LOCALES = {
    "ja": PACKAGE / "locale/ja/LC_MESSAGES/staffing.po",
    "en": PACKAGE / "locale/en/LC_MESSAGES/staffing.po",
}
_HEADER = """\
# Messages of staffing; kept by scripts/translations.py.
msgid ""
msgstr ""
"Project-Id-Version: staffing\\n"
"Language: {code}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def messages() -> tuple[Message, ...]:
    """Every message: of the code, then what of the catalogue's texts the code does not hold."""
    found = {message.text: message for message in Package(PACKAGE).messages}
    for text, file in catalogue.texts():
        found.setdefault(text, Message(text, f"data/catalogue/{file}"))
    return tuple(found.values())


def update() -> None:
    """Add new messages to both catalogues and drop those no longer used."""
    collected = messages()
    for code, path in LOCALES.items():
        old = _read(code, path) if path.exists() else Catalog(locale=code)
        new = Catalog(locale=code, charset="utf-8")
        for message in collected:
            entry = old.get(message.text)
            new.add(message.text, entry.string if entry is not None else "", locations=[(message.file, 0)])
        written = io.BytesIO()
        write_po(written, new, width=110, include_lineno=False, omit_header=True)
        header = _HEADER.format(code=code, plural=new.plural_forms)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(header.encode() + written.getvalue())


def faults(collected: Sequence[Message]) -> list[str]:
    """What of the messages is missing or wrong in the catalogues, one sentence each."""
    found: list[str] = []
    for code, path in LOCALES.items():
        catalog = _read(code, path)
        for message in collected:
            entry = catalog.get(message.text)
            if entry is None:
                found.append(f"{code}: not in the catalogue: {message.text!r} ({message.file})")
            elif not entry.string:
                if code != "en":  # the messages are written in English
                    found.append(f"{code}: no translation: {message.text!r} ({message.file})")
            elif gaps(str(entry.string)) != gaps(message.text):
                found.append(f"{code}: the gaps differ: {message.text!r} -> {entry.string!r}")
    return found


def _read(code: str, path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=code)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Keep the two message catalogues complete.")
    parser.add_argument("command", choices=("update", "check"))
    if parser.parse_args().command == "update":
        update()
    wrong = faults(messages())
    print("\n".join(wrong) if wrong else "all messages are translated")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
