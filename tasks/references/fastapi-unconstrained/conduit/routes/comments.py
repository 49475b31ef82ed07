from typing import Annotated

from fastapi import APIRouter, Body, status

from ..dependencies import CurrentUser, NamedArticle, OwnComment, StoreDep, Viewer
from ..presenters import show_comment
from ..schemas import CommentListResponse, CommentResponse, NewComment

router = APIRouter(prefix="/articles/{slug}/comments", tags=["comments"])


@router.get("")
async def list_comments(article: NamedArticle, viewer: Viewer) -> CommentListResponse:
    return CommentListResponse(comments=[show_comment(comment, viewer) for comment in article.comments])


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_comment(
    current: CurrentUser,
    article: NamedArticle,
    comment: Annotated[NewComment, Body(embed=True)],
    store: StoreDep,
) -> CommentResponse:
    created = store.add_comment(article, current, comment.body)
    return CommentResponse(comment=show_comment(created, current))


@router.delete("/{comment_id:int}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_comment(article: NamedArticle, comment: OwnComment) -> None:
    article.comments.remove(comment)
