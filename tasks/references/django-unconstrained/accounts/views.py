from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.api import read_object

from .models import User
from .serializers import CredentialsSerializer, ProfileSerializer, UserSerializer


def save(serializer: UserSerializer) -> UserSerializer:
    """Of two who take the same name at the same time, the second finds it taken here."""
    serializer.is_valid(raise_exception=True)
    try:
        with transaction.atomic():
            serializer.save()
    except IntegrityError as error:
        field = "email" if "email" in str(error) else "username"
        raise ValidationError({field: ["has already been taken"]}) from error
    return serializer


def followed_by(viewer: object) -> set[int]:
    return viewer.followed_ids() if isinstance(viewer, User) else set()


class RegistrationView(APIView):
    permission_classes = [AllowAny]

    def post(self, request: Request) -> Response:
        serializer = save(UserSerializer(data=read_object(request, "user")))
        return Response({"user": serializer.data}, status=status.HTTP_201_CREATED)


class LoginView(APIView):
    permission_classes = [AllowAny]

    def post(self, request: Request) -> Response:
        credentials = CredentialsSerializer(data=read_object(request, "user"))
        credentials.is_valid(raise_exception=True)
        user = User.objects.filter(email=credentials.validated_data["email"]).first()
        if user is None or not user.check_password(credentials.validated_data["password"]):
            raise AuthenticationFailed("e-mail address or password is wrong")
        return Response({"user": UserSerializer(user).data})


class CurrentUserView(APIView):
    def get(self, request: Request) -> Response:
        return Response({"user": UserSerializer(request.user).data})

    def put(self, request: Request) -> Response:
        changes = UserSerializer(request.user, data=read_object(request, "user"), partial=True)
        return Response({"user": save(changes).data})


class ProfileView(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    def get(self, request: Request, username: str) -> Response:
        user = get_object_or_404(User, username=username)
        context = {"followed": followed_by(request.user)}
        return Response({"profile": ProfileSerializer(user, context=context).data})


class FollowView(APIView):
    def post(self, request: Request, username: str) -> Response:
        user = get_object_or_404(User, username=username)
        request.user.following.add(user)
        return Response({"profile": ProfileSerializer(user, context={"followed": {user.pk}}).data})

    def delete(self, request: Request, username: str) -> Response:
        user = get_object_or_404(User, username=username)
        request.user.following.remove(user)
        return Response({"profile": ProfileSerializer(user, context={"followed": set()}).data})
