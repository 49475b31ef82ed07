from typing import Annotated

from fastapi import APIRouter, Body, Depends, status

from ..services.results import ArticleResult
from .dependencies import Articles, CurrentUser, PageDep, ViewerId, require_own_article
from .schemas import (
    ArticleChanges,
    ArticleListResponse,
    ArticleOut,
    ArticleResponse,
    NewArticle,
)

router = APIRouter(prefix="/articles", tags=["articles"])


def show(article: ArticleResult) -> ArticleResponse:
    return ArticleResponse(article=ArticleOut.model_validate(article))


@router.get("")
def list_articles(
    viewer_id: ViewerId,
    articles: Articles,
    page: PageDep,
    tag: str | None = None,
    author: str | None = None,
    favorited: str | None = None,
) -> ArticleListResponse:
    found = articles.search(viewer_id, page.limit, page.offset, tag, author, favorited)
    return ArticleListResponse.model_validate(found)


@router.get("/feed")
def feed(current: CurrentUser, articles: Articles, page: PageDep) -> ArticleListResponse:
    return ArticleListResponse.model_validate(articles.feed(current.id, page.limit, page.offset))


@router.post("", status_code=status.HTTP_201_CREATED)
def create_article(
    current: CurrentUser, article: Annotated[NewArticle, Body(embed=True)], articles: Articles
) -> ArticleResponse:
    return show(articles.create(current.id, **article.model_dump()))


@router.get("/{slug}")
def read_article(slug: str, viewer_id: ViewerId, articles: Articles) -> ArticleResponse:
    return show(articles.show(slug, viewer_id))


@router.put("/{slug}", dependencies=[Depends(require_own_article)])
def update_article(
    current: CurrentUser,
    slug: str,
    article: Annotated[ArticleChanges, Body(embed=True)],
    articles: Articles,
) -> ArticleResponse:
    return show(articles.update(slug, current.id, article.model_dump(exclude_unset=True)))


@router.delete("/{slug}", status_code=status.HTTP_204_NO_CONTENT)
def delete_article(current: CurrentUser, slug: str, articles: Articles) -> None:
    articles.delete(slug, current.id)


@router.post("/{slug}/favorite")
def favorite(current: CurrentUser, slug: str, articles: Articles) -> ArticleResponse:
    return show(articles.favorite(slug, current.id))


@router.delete("/{slug}/favorite")
def unfavorite(current: CurrentUser, slug: str, articles: Articles) -> ArticleResponse:
    return show(articles.unfavorite(slug, current.id))
