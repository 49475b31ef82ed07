from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Value
from django.utils import timezone


class User(models.Model):
    username = models.CharField(max_length=255, unique=True)
    email = models.CharField(max_length=320, unique=True)
    password_hash = models.CharField(max_length=255)
    bio = models.TextField(null=True)
    image = models.TextField(null=True)
    following = models.ManyToManyField("self", symmetrical=False, related_name="followers")

    def __str__(self) -> str:
        return self.username

    def set_password(self, password: str) -> None:
        self.password_hash = make_password(password)

    def check_password(self, password: str) -> bool:
        return check_password(password, self.password_hash)


class ArticleQuerySet(models.QuerySet["Article"]):
    def shown_to(self, viewer: User | None) -> "ArticleQuerySet":
        """With all that an answer has: author, tags, and what concerns the viewer; newest first."""
        return (
            self.order_by("-pk")
            .select_related("author")
            .prefetch_related(Prefetch("tags", Tag.objects.order_by("position")))
            .annotate(
                favorites_count=Count("favorited_by"),
                favorited=_is_among(
                    Article.favorited_by.through, viewer, article_id=OuterRef("pk"), user_id="viewer"
                ),
                author_followed=_is_among(
                    User.following.through, viewer, to_user_id=OuterRef("author_id"), from_user_id="viewer"
                ),
            )
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

    def by_followed(self, follower: User) -> "ArticleQuerySet":
        return self.filter(author__in=follower.following.all())


def _is_among(through, viewer: User | None, **columns) -> Exists | Value:
    """Whether there is a row for the viewer; the column that is to hold the viewer's id is given as `"viewer"`."""
    if viewer is None:
        return Value(False, output_field=models.BooleanField())
    criteria = {name: viewer.pk if value == "viewer" else value for name, value in columns.items()}
    return Exists(through.objects.filter(**criteria))


class Article(models.Model):
    slug = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=255)
    description = models.TextField()
    body = models.TextField()
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="articles")
    favorited_by = models.ManyToManyField(User, related_name="favorites")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ArticleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug

    def set_tags(self, names: list[str]) -> None:
        self.tags.all().delete()
        Tag.objects.bulk_create(
            Tag(article=self, name=name, position=position)
            for position, name in enumerate(dict.fromkeys(names))
        )


class Tag(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=255, db_index=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "name"], name="tag_once_an_article")]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="comments")
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} on {self.article_id}"
