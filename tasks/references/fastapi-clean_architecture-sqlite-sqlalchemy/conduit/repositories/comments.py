from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Comment


class CommentRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of_article(self, article_id: int) -> list[Comment]:
        """In the order in which they were written."""
        query = select(Comment).where(Comment.article_id == article_id).order_by(Comment.id)
        return list(self._session.scalars(query))

    def find(self, article_id: int, comment_id: int) -> Comment | None:
        query = select(Comment).where(Comment.article_id == article_id, Comment.id == comment_id)
        return self._session.scalar(query)

    def add(self, comment: Comment) -> Comment:
        self._session.add(comment)
        self._session.flush()
        return comment

    def delete(self, comment: Comment) -> None:
        self._session.delete(comment)
