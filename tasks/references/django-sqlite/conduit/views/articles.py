from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import View

from ..articles import create_article, find_article, find_own_article, update_article
from ..bodies import read_body, read_number
from ..models import Article, ArticleQuerySet, Tag, User
from ..shapes import show_article, show_list_item
from .common import require_user


def answer(article: Article, viewer: User | None, status: int = 200) -> JsonResponse:
    shown = Article.objects.shown_to(viewer).get(pk=article.pk)
    return JsonResponse(show_article(shown), status=status)


def answer_list(request: HttpRequest, articles: ArticleQuerySet) -> JsonResponse:
    limit = min(read_number(request, "limit", 20, 1), 100)
    offset = read_number(request, "offset", 0, 0)
    page = articles.shown_to(request.viewer)[offset : offset + limit]
    return JsonResponse(
        {"articles": [show_list_item(article) for article in page], "articlesCount": articles.count()}
    )


class ArticleListView(View):
    def get(self, request: HttpRequest) -> JsonResponse:
        filters = {name: request.GET.get(name) for name in ("tag", "author", "favorited")}
        return answer_list(request, Article.objects.filtered(**filters))

    @require_user
    def post(self, request: HttpRequest) -> JsonResponse:
        fields = read_body(request, "article", required=("title", "description", "body"), lists=("tagList",))
        tags = fields.pop("tagList", [])
        return answer(create_article(request.viewer, **fields, tags=tags), request.viewer, status=201)


class FeedView(View):
    @require_user
    def get(self, request: HttpRequest) -> JsonResponse:
        return answer_list(request, Article.objects.by_followed(request.viewer))


class ArticleView(View):
    def get(self, request: HttpRequest, slug: str) -> JsonResponse:
        return answer(find_article(slug), request.viewer)

    @require_user
    def put(self, request: HttpRequest, slug: str) -> JsonResponse:
        find_own_article(slug, request.viewer)
        changes = read_body(request, "article", optional=("title", "description", "body"), lists=("tagList",))
        return answer(update_article(slug, request.viewer, changes), request.viewer)

    @require_user
    def delete(self, request: HttpRequest, slug: str) -> HttpResponse:
        find_own_article(slug, request.viewer).delete()
        return HttpResponse(status=204)


class FavoriteView(View):
    @require_user
    def post(self, request: HttpRequest, slug: str) -> JsonResponse:
        article = find_article(slug)
        article.favorited_by.add(request.viewer)
        return answer(article, request.viewer)

    @require_user
    def delete(self, request: HttpRequest, slug: str) -> JsonResponse:
        article = find_article(slug)
        article.favorited_by.remove(request.viewer)
        return answer(article, request.viewer)


class TagListView(View):
    def get(self, _request: HttpRequest) -> JsonResponse:
        names = Tag.objects.order_by("name").values_list("name", flat=True).distinct()
        return JsonResponse({"tags": list(names)})
