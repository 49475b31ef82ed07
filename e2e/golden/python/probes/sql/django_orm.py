# install: django==5.2.19
"""The Django ORM and its migrations."""

import sys
import types
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

app = Path('shop')
(app / 'migrations').mkdir(parents=True)
(app / '__init__.py').write_text('')
(app / 'migrations/__init__.py').write_text('')
(app / 'models.py').write_text(
    'from django.db import models\n\n\n'
    'class Maker(models.Model):\n    name = models.CharField(max_length=20, unique=True)\n\n\n'
    'class Item(models.Model):\n    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="items")\n'
    '    price = models.DecimalField(max_digits=6, decimal_places=2)\n    data = models.JSONField(default=dict)\n'
    '    made = models.DateTimeField(null=True)\n'
)
sys.path.insert(0, '.')
settings.configure(
    INSTALLED_APPS=['shop'],
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'django.db'}},
    USE_TZ=True,
    DEFAULT_AUTO_FIELD='django.db.models.BigAutoField',
)
django.setup()
call_command('makemigrations', 'shop', verbosity=1)
call_command('migrate', verbosity=1)
call_command('showmigrations')
call_command('sqlmigrate', 'shop', '0001')

from datetime import datetime, timezone  # noqa: E402
from decimal import Decimal  # noqa: E402

from django.db import IntegrityError, connection, transaction  # noqa: E402
from django.db.models import Avg, Count, F, Q  # noqa: E402
from shop.models import Item, Maker  # noqa: E402

ann = Maker.objects.create(name='ann')
Item.objects.bulk_create([Item(maker=ann, price=Decimal(i), data={'n': i, 'tags': ['x'] * i}) for i in range(1, 5)])
print(list(Item.objects.filter(data__n__gte=3).values_list('price', flat=True)))
print(Maker.objects.annotate(n=Count('items'), mean=Avg('items__price')).values('name', 'n', 'mean')[0])
print(Item.objects.filter(Q(price__lt=2) | Q(price=Decimal('4.00'))).count(), Item.objects.update(price=F('price') + 1))
try:
    with transaction.atomic():
        Maker.objects.create(name='bob')
        Maker.objects.create(name='ann')
except IntegrityError as error:
    print(error)
print(Maker.objects.filter(name='bob').exists(), Maker.objects.get_or_create(name='cid')[1])
try:
    Maker.objects.get(name='nobody')
except Maker.DoesNotExist as error:
    print(error)
Item.objects.filter(pk=1).update(made=datetime(2024, 2, 29, 12, tzinfo=timezone.utc))
print(Item.objects.filter(made__year=2024, made__month=2).dates('made', 'day')[0], Item.objects.get(pk=1).made)
print(list(Item.objects.select_related('maker').order_by('-price').values_list('maker__name', 'price')[:2]))
with connection.cursor() as cursor:
    cursor.execute('select count(*) from shop_item where price > %s', [3])
    print(cursor.fetchone())
print(ann.delete(), connection.vendor, types.ModuleType.__name__)
