from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny, IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.views import followed_by
from config.api import read_object

from .models import Article, ArticleQuerySet, Comment, Tag
from .pagination import ArticlePagination
from .permissions import IsAuthorOrReadOnly
from .serializers import ArticleInput, ArticleListSerializer, ArticleSerializer, CommentSerializer


class ReaderContext:
    """Serializers are told whom the reader follows."""

    request: Request

    def get_serializer_context(self) -> dict[str, object]:
        return {"request": self.request, "followed": followed_by(self.request.user)}

    def show_article(self, article: Article, status_code: int = status.HTTP_200_OK) -> Response:
        shown = Article.objects.shown_to(self.request.user).get(pk=article.pk)
        serializer = ArticleSerializer(shown, context=self.get_serializer_context())
        return Response({"article": serializer.data}, status=status_code)


class ArticleListView(ReaderContext, ListAPIView):
    permission_classes = [IsAuthenticatedOrReadOnly]
    serializer_class = ArticleListSerializer
    pagination_class = ArticlePagination

    def get_queryset(self) -> ArticleQuerySet:
        filters = {name: self.request.query_params.get(name) for name in ("tag", "author", "favorited")}
        return Article.objects.filtered(**filters).shown_to(self.request.user)

    def post(self, request: Request) -> Response:
        serializer = ArticleInput(data=read_object(request, "article"))
        serializer.is_valid(raise_exception=True)
        return self.show_article(serializer.save(author=request.user), status.HTTP_201_CREATED)


class FeedView(ReaderContext, ListAPIView):
    permission_classes = [IsAuthenticated]
    serializer_class = ArticleListSerializer
    pagination_class = ArticlePagination

    def get_queryset(self) -> ArticleQuerySet:
        followed = self.request.user.following.all()
        return Article.objects.filter(author__in=followed).shown_to(self.request.user)


class ArticleView(ReaderContext, APIView):
    permission_classes = [IsAuthenticatedOrReadOnly, IsAuthorOrReadOnly]

    def get_object(self, slug: str) -> Article:
        article = get_object_or_404(Article, slug=slug)
        self.check_object_permissions(self.request, article)
        return article

    def get(self, request: Request, slug: str) -> Response:
        return self.show_article(self.get_object(slug))

    def put(self, request: Request, slug: str) -> Response:
        article = self.get_object(slug)
        serializer = ArticleInput(article, data=read_object(request, "article"), partial=True)
        serializer.is_valid(raise_exception=True)
        return self.show_article(serializer.save())

    def delete(self, request: Request, slug: str) -> Response:
        self.get_object(slug).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class FavoriteView(ReaderContext, APIView):
    def post(self, request: Request, slug: str) -> Response:
        article = get_object_or_404(Article, slug=slug)
        article.favorited_by.add(request.user)
        return self.show_article(article)

    def delete(self, request: Request, slug: str) -> Response:
        article = get_object_or_404(Article, slug=slug)
        article.favorited_by.remove(request.user)
        return self.show_article(article)


class CommentListView(ReaderContext, APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    def get(self, request: Request, slug: str) -> Response:
        comments = get_object_or_404(Article, slug=slug).comments.select_related("author")
        serializer = CommentSerializer(comments, many=True, context=self.get_serializer_context())
        return Response({"comments": serializer.data})

    def post(self, request: Request, slug: str) -> Response:
        article = get_object_or_404(Article, slug=slug)
        data = read_object(request, "comment")
        serializer = CommentSerializer(data=data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        serializer.save(article=article, author=request.user)
        return Response({"comment": serializer.data}, status=status.HTTP_201_CREATED)


class CommentView(APIView):
    permission_classes = [IsAuthenticated, IsAuthorOrReadOnly]

    def delete(self, request: Request, slug: str, comment_id: int) -> Response:
        comment = get_object_or_404(Comment, pk=comment_id, article__slug=slug)
        self.check_object_permissions(request, comment)
        comment.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class TagListView(APIView):
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        names = Tag.objects.order_by("name").values_list("name", flat=True).distinct()
        return Response({"tags": list(names)})
