from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import View

from ..services import CommentService
from .bodies import read_body
from .common import require_user, viewer_id
from .shapes import show_comment, show_comments


class CommentListView(View):
    def get(self, request: HttpRequest, slug: str) -> JsonResponse:
        comments = CommentService(request.db).list(slug, viewer_id(request))
        return JsonResponse(show_comments(comments))

    @require_user
    def post(self, request: HttpRequest, slug: str) -> JsonResponse:
        service = CommentService(request.db)
        service.require_article(slug)
        fields = read_body(request, "comment", required=("body",))
        comment = service.create(slug, request.viewer.id, fields["body"])
        return JsonResponse(show_comment(comment), status=201)


class CommentView(View):
    @require_user
    def delete(self, request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
        CommentService(request.db).delete(slug, comment_id, request.viewer.id)
        return HttpResponse(status=204)
