from django.urls import include, path
from rest_framework.routers import DefaultRouter
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView, TokenVerifyView

from shop import views

router = DefaultRouter()
router.register('products', views.ProductViewSet)

urlpatterns = [
    path('api/', include(router.urls)),
    path('api/register/', views.RegisterView.as_view()),
    path('api/me/', views.MeView.as_view()),
    path('api/report/', views.report),
    path('api/token/', TokenObtainPairView.as_view()),
    path('api/token/refresh/', TokenRefreshView.as_view()),
    path('api/token/verify/', TokenVerifyView.as_view()),
]
