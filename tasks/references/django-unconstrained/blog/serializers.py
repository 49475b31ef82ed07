from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework import serializers

from accounts.serializers import ProfileSerializer
from config.api import PlainTextField, TextField, TimeField

from .models import Article, Comment


class ArticleInput(serializers.Serializer):
    """What creates or changes an article."""

    title = TextField()
    description = TextField()
    body = TextField()
    tagList = serializers.ListField(child=PlainTextField(allow_blank=True), required=False)

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Article:
        now = timezone.now()
        article = Article(author=validated_data["author"], created_at=now, updated_at=now)
        self._write(article, validated_data)
        return article

    @transaction.atomic
    def update(self, article: Article, validated_data: dict[str, Any]) -> Article:
        """Reads the article anew: another request may have changed it since this one began."""
        article.refresh_from_db()
        article.updated_at = timezone.now()
        self._write(article, validated_data)
        return article

    def _write(self, article: Article, values: dict[str, Any]) -> None:
        article.set_title(values.get("title", article.title))
        article.description = values.get("description", article.description)
        article.body = values.get("body", article.body)
        article.save()
        if "tagList" in values:
            article.set_tags(values["tagList"])


class ArticleListSerializer(serializers.ModelSerializer):
    """An article of `shown_to`, as it stands in a list: without its body."""

    tagList = serializers.SerializerMethodField()
    createdAt = TimeField(source="created_at")
    updatedAt = TimeField(source="updated_at")
    favorited = serializers.BooleanField()
    favoritesCount = serializers.IntegerField(source="favorites_count")
    author = ProfileSerializer()

    class Meta:
        model = Article
        fields = [
            "slug",
            "title",
            "description",
            "tagList",
            "createdAt",
            "updatedAt",
            "favorited",
            "favoritesCount",
            "author",
        ]

    def get_tagList(self, article: Article) -> list[str]:
        return [tag.name for tag in article.tags.all()]


class ArticleSerializer(ArticleListSerializer):
    class Meta(ArticleListSerializer.Meta):
        fields = [*ArticleListSerializer.Meta.fields, "body"]


class CommentSerializer(serializers.ModelSerializer):
    createdAt = TimeField(source="created_at", read_only=True)
    updatedAt = TimeField(source="created_at", read_only=True)
    body = TextField()
    author = ProfileSerializer(read_only=True)

    class Meta:
        model = Comment
        fields = ["id", "createdAt", "updatedAt", "body", "author"]
