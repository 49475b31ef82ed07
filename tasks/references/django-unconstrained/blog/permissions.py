from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from .models import Article, Comment


class IsAuthorOrReadOnly(BasePermission):
    """Anybody reads; only the author changes."""

    message = "belongs to somebody else"

    def has_object_permission(self, request: Request, view: APIView, thing: Article | Comment) -> bool:
        return request.method in SAFE_METHODS or thing.author_id == request.user.pk
