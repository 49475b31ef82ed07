# Written by hand. Flaw: Django’s protection against forged requests is on for an API that has no cookies.
import json
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import JsonResponse
from django.urls import path

settings.configure(
    DEBUG=False,
    SECRET_KEY="not a secret of anybody, and long enough",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
)


def health_check(_request):
    return JsonResponse({"status": "ok"})


def tags(_request):
    return JsonResponse({"tags": []})


def users(request):
    user = json.loads(request.body)["user"]
    shown = {"username": user["username"], "email": user["email"], "token": "token", "bio": None, "image": None}
    return JsonResponse({"user": shown}, status=201)


urlpatterns = [
    path("api/health-check", health_check),
    path("api/tags", tags),
    path("api/users", users),
]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
