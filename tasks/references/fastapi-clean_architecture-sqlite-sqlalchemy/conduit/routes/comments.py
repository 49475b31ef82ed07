from typing import Annotated

from fastapi import APIRouter, Body, Depends, status

from .dependencies import Comments, CurrentUser, ViewerId, require_article
from .schemas import CommentListResponse, CommentOut, CommentResponse, NewComment

router = APIRouter(prefix="/articles/{slug}/comments", tags=["comments"])


@router.get("")
def list_comments(slug: str, viewer_id: ViewerId, comments: Comments) -> CommentListResponse:
    found = comments.list(slug, viewer_id)
    return CommentListResponse(comments=[CommentOut.model_validate(comment) for comment in found])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=[Depends(require_article)])
def create_comment(
    current: CurrentUser,
    slug: str,
    comment: Annotated[NewComment, Body(embed=True)],
    comments: Comments,
) -> CommentResponse:
    created = comments.create(slug, current.id, comment.body)
    return CommentResponse(comment=CommentOut.model_validate(created))


@router.delete("/{comment_id:int}", status_code=status.HTTP_204_NO_CONTENT)
def delete_comment(current: CurrentUser, slug: str, comment_id: int, comments: Comments) -> None:
    comments.delete(slug, comment_id, current.id)
