from sqlalchemy.ext.asyncio import AsyncSession

from ..database import transaction
from ..models import Article, Comment
from ..repositories import ArticleRepository, CommentRepository, UserRepository
from .errors import ForbiddenError, NotFoundError
from .results import CommentResult, Profile


class CommentService:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._articles = ArticleRepository(session)
        self._comments = CommentRepository(session)
        self._users = UserRepository(session)

    async def list(self, slug: str, viewer_id: int | None) -> list[CommentResult]:
        comments = await self._comments.of_article((await self._find_article(slug)).id)
        followed = await self._users.followed_by(viewer_id, [comment.author_id for comment in comments])
        return [_show(comment, followed) for comment in comments]

    async def require_article(self, slug: str) -> None:
        """What is written below an article that is not there is refused, whatever it is."""
        await self._find_article(slug)

    async def create(self, slug: str, author_id: int, body: str) -> CommentResult:
        async with transaction(self._session):
            comment = Comment(article_id=(await self._find_article(slug)).id, author_id=author_id, body=body)
            await self._comments.add(comment)
            return _show(comment, await self._users.followed_by(author_id, [author_id]))

    async def delete(self, slug: str, comment_id: int, user_id: int) -> None:
        async with transaction(self._session):
            comment = await self._comments.find((await self._find_article(slug)).id, comment_id)
            if comment is None:
                raise NotFoundError("comment")
            if comment.author_id != user_id:
                raise ForbiddenError("comment")
            await self._comments.delete(comment)

    async def _find_article(self, slug: str) -> Article:
        article = await self._articles.by_slug(slug)
        if article is None:
            raise NotFoundError("article")
        return article


def _show(comment: Comment, followed: set[int]) -> CommentResult:
    return CommentResult(
        id=comment.id,
        body=comment.body,
        created_at=comment.created_at,
        updated_at=comment.created_at,
        author=Profile.of(comment.author, followed),
    )
