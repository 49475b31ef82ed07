from django.db import models
from django.db.models.functions import Upper


class Note(models.Model):
    title = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    made = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Upper('title'), name='one_of_each_title')]

    def __str__(self):
        return self.title
