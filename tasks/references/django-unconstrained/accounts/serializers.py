from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from config.api import PlainTextField, TextField

from .authentication import create_token
from .models import User


class UserSerializer(serializers.ModelSerializer):
    """A user to themselves; what comes in creates or changes one."""

    username = TextField()
    email = TextField()
    password = TextField(write_only=True)
    bio = PlainTextField(required=False, allow_null=True, allow_blank=True)
    image = PlainTextField(required=False, allow_null=True, allow_blank=True)
    token = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["username", "email", "password", "bio", "image", "token"]

    def get_token(self, user: User) -> str:
        return create_token(user)

    def validate_username(self, username: str) -> str:
        return self._require_unused("username", username)

    def validate_email(self, email: str) -> str:
        return self._require_unused("email", email)

    def _require_unused(self, field: str, value: str) -> str:
        """Two users have neither the name nor the address in common."""
        others: QuerySet[User] = User.objects.filter(**{field: value})
        if self.instance is not None:
            others = others.exclude(pk=self.instance.pk)
        if others.exists():
            raise serializers.ValidationError("has already been taken")
        return value

    def create(self, validated_data: dict[str, Any]) -> User:
        return User.objects.create_user(
            validated_data["username"], validated_data["email"], validated_data["password"]
        )

    def update(self, user: User, validated_data: dict[str, Any]) -> User:
        changes = dict(validated_data)
        if "password" in changes:
            user.set_password(changes.pop("password"))
        for name, value in changes.items():
            setattr(user, name, value)
        user.save(update_fields=list(validated_data))
        return user


class CredentialsSerializer(serializers.Serializer):
    email = TextField()
    password = TextField()


class ProfileSerializer(serializers.ModelSerializer):
    """`followed` in the context: ids of users whom the reader follows."""

    following = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["username", "bio", "image", "following"]

    def get_following(self, user: User) -> bool:
        return user.pk in self.context["followed"]
