from sqlalchemy.orm import Session

from ..database import transaction
from ..models import Article, Comment
from ..repositories import ArticleRepository, CommentRepository, UserRepository
from .errors import ForbiddenError, NotFoundError
from .results import CommentResult, Profile


class CommentService:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._articles = ArticleRepository(session)
        self._comments = CommentRepository(session)
        self._users = UserRepository(session)

    def list(self, slug: str, viewer_id: int | None) -> list[CommentResult]:
        comments = self._comments.of_article(self._find_article(slug).id)
        followed = self._users.followed_by(viewer_id, [comment.author_id for comment in comments])
        return [_show(comment, followed) for comment in comments]

    def require_article(self, slug: str) -> None:
        """What is written below an article that is not there is refused, whatever it is."""
        self._find_article(slug)

    def create(self, slug: str, author_id: int, body: str) -> CommentResult:
        with transaction(self._session):
            comment = Comment(article_id=self._find_article(slug).id, author_id=author_id, body=body)
            self._comments.add(comment)
            return _show(comment, self._users.followed_by(author_id, [author_id]))

    def delete(self, slug: str, comment_id: int, user_id: int) -> None:
        with transaction(self._session):
            comment = self._comments.find(self._find_article(slug).id, comment_id)
            if comment is None:
                raise NotFoundError("comment")
            if comment.author_id != user_id:
                raise ForbiddenError("comment")
            self._comments.delete(comment)

    def _find_article(self, slug: str) -> Article:
        article = self._articles.by_slug(slug)
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
