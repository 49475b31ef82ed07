from django.urls import include, path
from rest_framework import decorators, exceptions, generics, permissions, response, routers, serializers, throttling, views, viewsets
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView, TokenVerifyView

from .models import Maker, Thing


class ThingSerializer(serializers.ModelSerializer):
    maker_name = serializers.CharField(source='maker.name', read_only=True)
    dear = serializers.SerializerMethodField()

    class Meta:
        model = Thing
        fields = ['id', 'name', 'price', 'stock', 'made', 'data', 'maker', 'maker_name', 'dear']
        extra_kwargs = {'stock': {'min_value': 0, 'max_value': 99}}

    def get_dear(self, thing):
        return thing.price > 100

    def validate_name(self, name):
        if name != name.strip('!'):
            raise serializers.ValidationError('no shouting', code='shout')
        return name

    def validate(self, data):
        if data.get('stock') == 13:
            raise serializers.ValidationError({'stock': ['unlucky']})
        return data


class MakerSerializer(serializers.ModelSerializer):
    things = ThingSerializer(many=True, read_only=True)

    class Meta:
        model = Maker
        fields = ['id', 'name', 'things']


class ThingViewSet(viewsets.ModelViewSet):
    queryset = Thing.objects.select_related('maker').order_by('id')
    serializer_class = ThingSerializer
    filterset_fields = {'price': ['gte', 'lte'], 'maker__name': ['exact']}
    ordering_fields = ['price']
    search_fields = ['name']

    @decorators.action(detail=True, methods=['post'], url_path='buy')
    def buy(self, request, pk=None):
        thing = self.get_object()
        if thing.stock == 0:
            raise exceptions.ValidationError('sold out')
        thing.stock -= 1
        thing.save(update_fields=['stock'])
        return response.Response({'left': thing.stock})


class MakerList(generics.ListCreateAPIView):
    queryset = Maker.objects.order_by('name')
    serializer_class = MakerSerializer
    pagination_class = None


class Me(views.APIView):
    permission_classes = [permissions.IsAuthenticated]

    def get(self, request):
        return response.Response({'me': request.user.username, 'type': request.auth['token_type']})


class Few(views.APIView):
    class Throttle(throttling.UserRateThrottle):
        scope = 'few'

    throttle_classes = [Throttle]

    def get(self, request):
        return response.Response({'version': request.version, 'query': request.query_params})

    def post(self, request):
        return response.Response({'data': request.data, 'type': request.content_type})


class Boom(views.APIView):
    def get(self, request, kind):
        if kind == 'teapot':
            error = exceptions.APIException({'why': ['tea']}, code='tea')
            error.status_code = 418
            raise error
        if kind == 'denied':
            raise exceptions.PermissionDenied()
        raise KeyError(kind)


router = routers.SimpleRouter()
router.register('things', ThingViewSet)
urlpatterns = [
    path('', include(router.urls)),
    path('makers/', MakerList.as_view()),
    path('me/', Me.as_view()),
    path('few/', Few.as_view()),
    path('boom/<str:kind>/', Boom.as_view()),
    path('token/', TokenObtainPairView.as_view()),
    path('token/refresh/', TokenRefreshView.as_view()),
    path('token/verify/', TokenVerifyView.as_view()),
]
