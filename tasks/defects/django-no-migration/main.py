# Written by hand. Flaw: nobody has made the tables: there are no migrations, and none are applied.
import json
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import JsonResponse
from django.urls import path

settings.configure(
    DEBUG=True,
    SECRET_KEY="not a secret of anybody, and long enough",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["accounts"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "conduit.db"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)


def health_check(_request):
    return JsonResponse({"status": "ok"})


def tags(_request):
    return JsonResponse({"tags": []})


def users(request):
    from accounts.models import User

    given = json.loads(request.body)["user"]
    user = User.objects.create(username=given["username"], email=given["email"], password=given["password"])
    shown = {"username": user.username, "email": user.email, "token": "token", "bio": None, "image": None}
    return JsonResponse({"user": shown}, status=201)


urlpatterns = [
    path("api/health-check", health_check),
    path("api/tags", tags),
    path("api/users", users),
]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
