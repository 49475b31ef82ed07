import re
import unicodedata
from collections.abc import Callable
from itertools import count


def free_slug(title: str, is_taken: Callable[[str], bool]) -> str:
    """`/articles/feed` is the feed, so that no article may have this slug."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-") or "article"
    slug = base
    suffix = count(2)
    while slug == "feed" or is_taken(slug):
        slug = f"{base}-{next(suffix)}"
    return slug
