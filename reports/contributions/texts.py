"""Counting words, and taking out of a line what would turn it round on a page."""

# Embeddings, overrides and isolates; marks such as U+200F stay, because Arabic needs them.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def words_in(text: str) -> int:
    """As word processors count: what stands between spaces."""
    return len(text.split())


def one_line(text: str) -> str:
    """For names: one line, and no character that makes other text read backwards."""
    return " ".join(text.translate(TURNING).split())
