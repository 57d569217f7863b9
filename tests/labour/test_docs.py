"""The worked examples of docs/labour.md give what the page says."""

import pytest

from tests.snippets import examples, printed


@pytest.mark.parametrize(("code", "output"), examples("labour.md"))
def test_the_pages_examples(code: str, output: str) -> None:
    assert printed(code) == output


def test_there_is_an_example() -> None:
    assert len(examples("labour.md")) == 1
