from typing import Annotated

from fastapi import APIRouter, Body, status

from ..dependencies import (
    CurrentUser,
    NamedArticle,
    OwnArticle,
    Page,
    PageDep,
    StoreDep,
    Viewer,
)
from ..presenters import show_article, show_list_item
from ..schemas import ArticleChanges, ArticleListResponse, ArticleResponse, NewArticle
from ..store import Article, User

router = APIRouter(prefix="/articles", tags=["articles"])


def show_list(found: list[Article], page: Page, viewer: User | None) -> ArticleListResponse:
    shown = found[page.offset : page.offset + page.limit]
    return ArticleListResponse(
        articles=[show_list_item(article, viewer) for article in shown], articles_count=len(found)
    )


@router.get("")
async def list_articles(
    store: StoreDep,
    viewer: Viewer,
    page: PageDep,
    tag: str | None = None,
    author: str | None = None,
    favorited: str | None = None,
) -> ArticleListResponse:
    fan = store.find_user(username=favorited) if favorited is not None else None

    def is_wanted(article: Article) -> bool:
        return (
            (tag is None or tag in article.tag_list)
            and (author is None or article.author.username == author)
            and (favorited is None or (fan is not None and fan.id in article.favorited_by))
        )

    return show_list(store.articles(is_wanted), page, viewer)


@router.get("/feed")
async def feed(current: CurrentUser, store: StoreDep, page: PageDep) -> ArticleListResponse:
    found = store.articles(lambda article: current.id in article.author.followers)
    return show_list(found, page, current)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_article(
    current: CurrentUser, article: Annotated[NewArticle, Body(embed=True)], store: StoreDep
) -> ArticleResponse:
    return show_article(store.add_article(current, **article.model_dump()), current)


@router.get("/{slug}")
async def read_article(found: NamedArticle, viewer: Viewer) -> ArticleResponse:
    return show_article(found, viewer)


@router.put("/{slug}")
async def update_article(
    current: CurrentUser,
    own: OwnArticle,
    article: Annotated[ArticleChanges, Body(embed=True)],
    store: StoreDep,
) -> ArticleResponse:
    store.update_article(own, article.model_dump(exclude_unset=True))
    return show_article(own, current)


@router.delete("/{slug}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_article(own: OwnArticle, store: StoreDep) -> None:
    store.delete_article(own)


@router.post("/{slug}/favorite")
async def favorite(current: CurrentUser, found: NamedArticle) -> ArticleResponse:
    found.favorited_by.add(current.id)
    return show_article(found, current)


@router.delete("/{slug}/favorite")
async def unfavorite(current: CurrentUser, found: NamedArticle) -> ArticleResponse:
    found.favorited_by.discard(current.id)
    return show_article(found, current)
