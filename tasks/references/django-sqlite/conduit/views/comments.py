from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import View

from ..articles import find_article
from ..bodies import read_body
from ..errors import forbidden, missing
from ..models import Comment, User
from ..shapes import show_comment
from .common import require_user


def followed_by(viewer: User | None) -> set[int]:
    return set() if viewer is None else set(viewer.following.values_list("pk", flat=True))


class CommentListView(View):
    def get(self, request: HttpRequest, slug: str) -> JsonResponse:
        comments = find_article(slug).comments.select_related("author")
        followed = followed_by(request.viewer)
        return JsonResponse({"comments": [show_comment(comment, followed) for comment in comments]})

    @require_user
    def post(self, request: HttpRequest, slug: str) -> JsonResponse:
        article = find_article(slug)
        fields = read_body(request, "comment", required=("body",))
        comment = Comment.objects.create(article=article, author=request.viewer, body=fields["body"])
        return JsonResponse({"comment": show_comment(comment, followed_by(request.viewer))}, status=201)


class CommentView(View):
    @require_user
    def delete(self, request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
        comment = find_article(slug).comments.filter(pk=comment_id).first()
        if comment is None:
            raise missing("comment")
        if comment.author_id != request.viewer.pk:
            raise forbidden("comment")
        comment.delete()
        return HttpResponse(status=204)
