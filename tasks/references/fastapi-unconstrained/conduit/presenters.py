"""What is kept, as a reader may see it."""

from . import schemas
from .security import create_token
from .store import Article, Comment, User


def show_user(user: User) -> schemas.UserResponse:
    return schemas.UserResponse(
        user=schemas.UserOut(
            username=user.username,
            email=user.email,
            bio=user.bio,
            image=user.image,
            token=create_token(user.id),
        )
    )


def show_profile(user: User, viewer: User | None) -> schemas.ProfileOut:
    return schemas.ProfileOut(
        username=user.username,
        bio=user.bio,
        image=user.image,
        following=viewer is not None and viewer.id in user.followers,
    )


def show_list_item(article: Article, viewer: User | None) -> schemas.ArticleListItem:
    return schemas.ArticleListItem(
        slug=article.slug,
        title=article.title,
        description=article.description,
        tag_list=article.tag_list,
        created_at=article.created_at,
        updated_at=article.updated_at,
        favorited=viewer is not None and viewer.id in article.favorited_by,
        favorites_count=len(article.favorited_by),
        author=show_profile(article.author, viewer),
    )


def show_article(article: Article, viewer: User | None) -> schemas.ArticleResponse:
    item = show_list_item(article, viewer)
    return schemas.ArticleResponse(article=schemas.ArticleOut(**dict(item), body=article.body))


def show_comment(comment: Comment, viewer: User | None) -> schemas.CommentOut:
    return schemas.CommentOut(
        id=comment.id,
        created_at=comment.created_at,
        updated_at=comment.created_at,
        body=comment.body,
        author=show_profile(comment.author, viewer),
    )
