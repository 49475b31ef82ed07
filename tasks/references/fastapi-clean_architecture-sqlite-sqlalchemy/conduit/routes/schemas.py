"""Bodies of requests and answers. In Python names have underscores, in JSON humps."""

from datetime import datetime, timezone
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError


def _require_content(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "can't be blank")
    return text


def _show_time(time: datetime) -> str:
    return time.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Text = Annotated[str, AfterValidator(_require_content)]
Time = Annotated[datetime, PlainSerializer(_show_time, return_type=str)]


class Schema(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class NewUser(Schema):
    username: Text
    email: Text
    password: Text


class Credentials(Schema):
    email: Text
    password: Text


class UserChanges(Schema):
    """Only what was set counts: the defaults of texts never leave this class, and null is no text."""

    username: Text = ""
    email: Text = ""
    password: Text = ""
    bio: str | None = None
    image: str | None = None


class NewArticle(Schema):
    title: Text
    description: Text
    body: Text
    tag_list: list[str] = []


class ArticleChanges(Schema):
    """Only what was set counts, as in UserChanges."""

    title: Text = ""
    description: Text = ""
    body: Text = ""
    tag_list: list[str] = []


class NewComment(Schema):
    body: Text


class UserOut(Schema):
    username: str
    email: str
    bio: str | None
    image: str | None
    token: str


class UserResponse(Schema):
    user: UserOut


class ProfileOut(Schema):
    username: str
    bio: str | None
    image: str | None
    following: bool


class ProfileResponse(Schema):
    profile: ProfileOut


class ArticleListItem(Schema):
    slug: str
    title: str
    description: str
    tag_list: list[str]
    created_at: Time
    updated_at: Time
    favorited: bool
    favorites_count: int
    author: ProfileOut


class ArticleOut(ArticleListItem):
    body: str


class ArticleResponse(Schema):
    article: ArticleOut


class ArticleListResponse(Schema):
    articles: list[ArticleListItem]
    articles_count: int


class CommentOut(Schema):
    id: int
    created_at: Time
    updated_at: Time
    body: str
    author: ProfileOut


class CommentResponse(Schema):
    comment: CommentOut


class CommentListResponse(Schema):
    comments: list[CommentOut]


class TagListResponse(Schema):
    tags: list[str]
