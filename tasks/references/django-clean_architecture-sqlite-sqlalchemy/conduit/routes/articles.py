from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import View

from ..services import ArticleService
from .bodies import read_body, read_number
from .common import require_user, viewer_id
from .shapes import show_article, show_page


def read_page(request: HttpRequest) -> dict[str, int]:
    return {
        "limit": min(read_number(request, "limit", 20, 1), 100),
        "offset": read_number(request, "offset", 0, 0),
    }


class ArticleListView(View):
    def get(self, request: HttpRequest) -> JsonResponse:
        filters = {name: request.GET.get(name) for name in ("tag", "author", "favorited")}
        page = ArticleService(request.db).search(viewer_id(request), **read_page(request), **filters)
        return JsonResponse(show_page(page))

    @require_user
    def post(self, request: HttpRequest) -> JsonResponse:
        fields = read_body(request, "article", required=("title", "description", "body"), lists=("tagList",))
        tag_list = fields.pop("tagList", [])
        article = ArticleService(request.db).create(request.viewer.id, **fields, tag_list=tag_list)
        return JsonResponse(show_article(article), status=201)


class FeedView(View):
    @require_user
    def get(self, request: HttpRequest) -> JsonResponse:
        page = ArticleService(request.db).feed(request.viewer.id, **read_page(request))
        return JsonResponse(show_page(page))


class ArticleView(View):
    def get(self, request: HttpRequest, slug: str) -> JsonResponse:
        return JsonResponse(show_article(ArticleService(request.db).show(slug, viewer_id(request))))

    @require_user
    def put(self, request: HttpRequest, slug: str) -> JsonResponse:
        service = ArticleService(request.db)
        service.require_own(slug, request.viewer.id)
        changes = read_body(request, "article", optional=("title", "description", "body"), lists=("tagList",))
        if "tagList" in changes:
            changes["tag_list"] = changes.pop("tagList")
        return JsonResponse(show_article(service.update(slug, request.viewer.id, changes)))

    @require_user
    def delete(self, request: HttpRequest, slug: str) -> HttpResponse:
        ArticleService(request.db).delete(slug, request.viewer.id)
        return HttpResponse(status=204)


class FavoriteView(View):
    @require_user
    def post(self, request: HttpRequest, slug: str) -> JsonResponse:
        return JsonResponse(show_article(ArticleService(request.db).favorite(slug, request.viewer.id)))

    @require_user
    def delete(self, request: HttpRequest, slug: str) -> JsonResponse:
        return JsonResponse(show_article(ArticleService(request.db).unfavorite(slug, request.viewer.id)))


class TagListView(View):
    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"tags": ArticleService(request.db).tags()})
