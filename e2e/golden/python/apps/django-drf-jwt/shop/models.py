from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models


class Tag(models.Model):
    name = models.SlugField(unique=True)

    def __str__(self):
        return self.name


class Product(models.Model):
    class Kind(models.TextChoices):
        BOOK = 'book', 'Book'
        GAME = 'game', 'Game'

    name = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.BOOK)
    price = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal('0.01'))])
    tags = models.ManyToManyField(Tag, blank=True, related_name='products')
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ['id']
        constraints = [models.CheckConstraint(condition=models.Q(price__gt=0), name='price_is_positive')]
