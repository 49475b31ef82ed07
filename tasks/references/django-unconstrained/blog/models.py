import re
import unicodedata
from itertools import count

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Value
from django.utils import timezone

from accounts.models import User


class ArticleQuerySet(models.QuerySet["Article"]):
    def shown_to(self, viewer: object) -> "ArticleQuerySet":
        """With all that an answer has; newest first."""
        favorited: Exists | Value = Value(False, output_field=models.BooleanField())
        if isinstance(viewer, User):
            marks = Article.favorited_by.through.objects
            favorited = Exists(marks.filter(article_id=OuterRef("pk"), user_id=viewer.pk))
        return (
            self.order_by("-pk")
            .select_related("author")
            .prefetch_related(Prefetch("tags", Tag.objects.order_by("position")))
            .annotate(favorites_count=Count("favorited_by"), favorited=favorited)
        )

    def filtered(self, tag: str | None, author: str | None, favorited: str | None) -> "ArticleQuerySet":
        """Those that meet all filters that are not None."""
        condition = Q()
        if tag is not None:
            condition &= Q(pk__in=Tag.objects.filter(name=tag).values("article_id"))
        if author is not None:
            condition &= Q(author__username=author)
        if favorited is not None:
            condition &= Q(pk__in=Article.objects.filter(favorited_by__username=favorited).values("pk"))
        return self.filter(condition)


class Article(models.Model):
    slug = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=255)
    description = models.TextField()
    body = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="articles")
    favorited_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="favorites")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ArticleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug

    def set_title(self, title: str) -> None:
        """Another title gives another slug; the same one keeps it."""
        if title != self.title or not self.slug:
            self.title = title
            self.slug = self._free_slug()

    def set_tags(self, names: list[str]) -> None:
        self.tags.all().delete()
        unique = dict.fromkeys(names)
        Tag.objects.bulk_create(
            Tag(article=self, name=name, position=position) for position, name in enumerate(unique)
        )

    def _free_slug(self) -> str:
        """`/articles/feed` is the feed, so that no article may have this slug."""
        ascii_title = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-") or "article"
        slug = base
        suffix = count(2)
        while slug == "feed" or Article.objects.filter(slug=slug).exists():
            slug = f"{base}-{next(suffix)}"
        return slug


class Tag(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=255, db_index=True)
    position = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments")
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} on {self.article_id}"
