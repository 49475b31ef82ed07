from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def health_check(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("api/health-check", health_check),
    path("api/", include("accounts.urls")),
    path("api/", include("blog.urls")),
]

handler404 = "config.api.not_found"
handler500 = "config.api.server_error"
