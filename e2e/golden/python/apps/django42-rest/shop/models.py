from django.db import models


class Maker(models.Model):
    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=20, unique=True)

    def __str__(self):
        return self.name


class Thing(models.Model):
    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=20)
    price = models.DecimalField(max_digits=6, decimal_places=2)
    stock = models.IntegerField(default=0)
    made = models.DateTimeField(null=True)
    data = models.JSONField(default=dict)
    maker = models.ForeignKey(Maker, models.CASCADE, related_name='things')
