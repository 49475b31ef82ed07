from typing import Annotated

from fastapi import APIRouter, Body, Depends, status

from ..dependencies import CurrentUser, QueriesDep, ViewerId, require_article
from ..presenters import show_comment
from ..schemas import CommentListResponse, CommentResponse, NewComment

router = APIRouter(prefix="/articles/{slug}/comments", tags=["comments"])


@router.get("")
def list_comments(slug: str, viewer_id: ViewerId, queries: QueriesDep) -> CommentListResponse:
    comments = queries.comments(queries.find_article(slug)["id"], viewer_id)
    return CommentListResponse(comments=[show_comment(comment) for comment in comments])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=[Depends(require_article)])
def create_comment(
    current: CurrentUser,
    slug: str,
    comment: Annotated[NewComment, Body(embed=True)],
    queries: QueriesDep,
) -> CommentResponse:
    with queries.transaction():
        article = queries.find_article(slug)
        created = queries.add_comment(article["id"], current["id"], comment.body)
    return CommentResponse(comment=show_comment(created))


@router.delete("/{comment_id:int}", status_code=status.HTTP_204_NO_CONTENT)
def delete_comment(current: CurrentUser, slug: str, comment_id: int, queries: QueriesDep) -> None:
    with queries.transaction():
        article = queries.find_article(slug)
        comment = queries.find_own_comment(article["id"], comment_id, current["id"])
        queries.delete_comment(comment["id"])
