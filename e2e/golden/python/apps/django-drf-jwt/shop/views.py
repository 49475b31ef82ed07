from django.db.models import Avg, Count
from rest_framework import filters, generics, permissions, viewsets
from rest_framework.decorators import action, api_view, throttle_classes
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from django_filters.rest_framework import DjangoFilterBackend

from .models import Product
from .serializers import ProductSerializer, UserSerializer


class OwnerOrReadOnly(permissions.BasePermission):
    message = 'This product is not yours.'

    def has_object_permission(self, request, view, product):
        return request.method in permissions.SAFE_METHODS or product.owner == request.user


class ProductViewSet(viewsets.ModelViewSet):
    queryset = Product.objects.select_related('owner').prefetch_related('tags')
    serializer_class = ProductSerializer
    permission_classes = [permissions.IsAuthenticatedOrReadOnly, OwnerOrReadOnly]
    filter_backends = [DjangoFilterBackend, filters.SearchFilter, filters.OrderingFilter]
    filterset_fields = {'kind': ['exact'], 'price': ['lt', 'gte'], 'tags__name': ['exact']}
    search_fields = ['name']
    ordering_fields = ['price', 'name']

    def perform_create(self, serializer):
        serializer.save(owner=self.request.user)

    @action(detail=False)
    def totals(self, request):
        rows = Product.objects.order_by('kind').values('kind').annotate(n=Count('id'), mean=Avg('price'))
        return Response(list(rows))


class RegisterView(generics.CreateAPIView):
    serializer_class = UserSerializer
    permission_classes = [permissions.AllowAny]


class MeView(generics.RetrieveUpdateAPIView):
    serializer_class = UserSerializer
    permission_classes = [permissions.IsAuthenticated]

    def get_object(self):
        return self.request.user


class ReportThrottle(UserRateThrottle):
    scope = 'reports'


@api_view(['GET'])
@throttle_classes([ReportThrottle])
def report(request):
    return Response({'products': Product.objects.count()}, headers={'X-Report': 'yes'})
