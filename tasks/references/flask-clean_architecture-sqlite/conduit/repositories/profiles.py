import sqlite3

from ..models import Profile

# Of a user `u`, as the user `:viewer` sees them; a stranger, whose id is null, follows nobody.
PROFILE_COLUMNS = """
  u.username, u.bio, u.image,
  EXISTS (SELECT 1 FROM follows w WHERE w.followed_id = u.id AND w.follower_id = :viewer) AS following
"""


def read_profile(row: sqlite3.Row) -> Profile:
    return Profile(row["username"], row["bio"], row["image"], bool(row["following"]))
