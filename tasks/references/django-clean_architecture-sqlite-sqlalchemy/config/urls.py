from django.urls import include, path

urlpatterns = [path("api/", include("conduit.routes.urls"))]

handler404 = "conduit.routes.common.not_found"
handler500 = "conduit.routes.common.server_error"
