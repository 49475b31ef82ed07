from dataclasses import dataclass
from datetime import datetime

from .user import Profile


@dataclass(frozen=True)
class Comment:
    id: int
    author_id: int
    body: str
    created_at: datetime
    updated_at: datetime
    author: Profile
