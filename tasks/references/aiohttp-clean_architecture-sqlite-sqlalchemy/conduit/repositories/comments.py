from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..models import Comment


class CommentRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_article(self, article_id: int) -> list[Comment]:
        """In the order in which they were written."""
        query = select(Comment).where(Comment.article_id == article_id).order_by(Comment.id)
        return list(await self._session.scalars(query))

    async def find(self, article_id: int, comment_id: int) -> Comment | None:
        query = select(Comment).where(Comment.article_id == article_id, Comment.id == comment_id)
        return await self._session.scalar(query)

    async def add(self, comment: Comment) -> Comment:
        self._session.add(comment)
        await self._session.flush()
        await self._session.refresh(comment, ["author"])
        return comment

    async def delete(self, comment: Comment) -> None:
        await self._session.delete(comment)
