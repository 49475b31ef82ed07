import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel('Maker', [('id', models.AutoField(primary_key=True)), ('name', models.CharField(max_length=20, unique=True))]),
        migrations.CreateModel(
            'Thing',
            [
                ('id', models.AutoField(primary_key=True)),
                ('name', models.CharField(max_length=20)),
                ('price', models.DecimalField(max_digits=6, decimal_places=2)),
                ('stock', models.IntegerField(default=0)),
                ('made', models.DateTimeField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('maker', models.ForeignKey('shop.Maker', django.db.models.deletion.CASCADE, related_name='things')),
            ],
        ),
    ]
