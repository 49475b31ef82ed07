from django.urls import include, path

urlpatterns = [path("api/", include("conduit.urls"))]

handler404 = "conduit.views.not_found"
handler500 = "conduit.views.server_error"
