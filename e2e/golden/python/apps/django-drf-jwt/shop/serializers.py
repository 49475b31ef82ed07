from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from rest_framework import serializers

from .models import Product, Tag


class UserSerializer(serializers.ModelSerializer):
    password = serializers.CharField(write_only=True, validators=[validate_password])

    class Meta:
        model = get_user_model()
        fields = ['id', 'username', 'email', 'password']
        extra_kwargs = {'email': {'required': True, 'allow_blank': False}}

    def create(self, data):
        return get_user_model().objects.create_user(**data)


class ProductSerializer(serializers.ModelSerializer):
    tags = serializers.SlugRelatedField(slug_field='name', queryset=Tag.objects.all(), many=True, required=False)
    owner = serializers.ReadOnlyField(source='owner.username')

    class Meta:
        model = Product
        fields = ['id', 'name', 'kind', 'price', 'tags', 'owner']

    def validate_name(self, value):
        if value.islower():
            raise serializers.ValidationError('A name begins with a capital letter.', code='lower')
        return value
