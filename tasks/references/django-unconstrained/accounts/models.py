from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, email: str, password: str) -> "User":
        user = self.model(username=username, email=email)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    username = models.CharField(max_length=255, unique=True)
    email = models.CharField(max_length=320, unique=True)
    bio = models.TextField(null=True)
    image = models.TextField(null=True)
    following = models.ManyToManyField("self", symmetrical=False, related_name="followers")

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["username"]

    def __str__(self) -> str:
        return self.username

    def followed_ids(self) -> set[int]:
        return set(self.following.values_list("pk", flat=True))
