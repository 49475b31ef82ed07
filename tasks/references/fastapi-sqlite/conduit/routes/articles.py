from typing import Annotated

from fastapi import APIRouter, Body, Depends, status

from ..dependencies import (
    CurrentUser,
    PageDep,
    QueriesDep,
    ViewerId,
    require_own_article,
)
from ..presenters import show_article, show_list_item
from ..queries import Row
from ..schemas import ArticleChanges, ArticleListResponse, ArticleResponse, NewArticle

router = APIRouter(prefix="/articles", tags=["articles"])


def show_page(rows: list[Row], total: int) -> ArticleListResponse:
    return ArticleListResponse(articles=[show_list_item(row) for row in rows], articles_count=total)


@router.get("")
def list_articles(
    viewer_id: ViewerId,
    queries: QueriesDep,
    page: PageDep,
    tag: str | None = None,
    author: str | None = None,
    favorited: str | None = None,
) -> ArticleListResponse:
    filters = {"tag": tag, "author": author, "favorited": favorited}
    return show_page(*queries.articles(filters, page.limit, page.offset, viewer_id))


@router.get("/feed")
def feed(current: CurrentUser, queries: QueriesDep, page: PageDep) -> ArticleListResponse:
    return show_page(*queries.articles({"follower": current["id"]}, page.limit, page.offset, current["id"]))


@router.post("", status_code=status.HTTP_201_CREATED)
def create_article(
    current: CurrentUser, article: Annotated[NewArticle, Body(embed=True)], queries: QueriesDep
) -> ArticleResponse:
    with queries.transaction():
        article_id = queries.add_article(
            current["id"], article.title, article.description, article.body, article.tag_list
        )
    return show_article(queries.article(article_id, current["id"]))


@router.get("/{slug}")
def read_article(slug: str, viewer_id: ViewerId, queries: QueriesDep) -> ArticleResponse:
    return show_article(queries.article(queries.find_article(slug)["id"], viewer_id))


@router.put("/{slug}", dependencies=[Depends(require_own_article)])
def update_article(
    current: CurrentUser,
    slug: str,
    article: Annotated[ArticleChanges, Body(embed=True)],
    queries: QueriesDep,
) -> ArticleResponse:
    with queries.transaction():
        own = queries.find_own_article(slug, current["id"])
        queries.update_article(own, article.model_dump(exclude_unset=True))
    return show_article(queries.article(own["id"], current["id"]))


@router.delete("/{slug}", status_code=status.HTTP_204_NO_CONTENT)
def delete_article(current: CurrentUser, slug: str, queries: QueriesDep) -> None:
    with queries.transaction():
        queries.delete_article(queries.find_own_article(slug, current["id"])["id"])


@router.post("/{slug}/favorite")
def favorite(current: CurrentUser, slug: str, queries: QueriesDep) -> ArticleResponse:
    with queries.transaction():
        article = queries.find_article(slug)
        queries.favorite(current["id"], article["id"])
    return show_article(queries.article(article["id"], current["id"]))


@router.delete("/{slug}/favorite")
def unfavorite(current: CurrentUser, slug: str, queries: QueriesDep) -> ArticleResponse:
    with queries.transaction():
        article = queries.find_article(slug)
        queries.unfavorite(current["id"], article["id"])
    return show_article(queries.article(article["id"], current["id"]))
