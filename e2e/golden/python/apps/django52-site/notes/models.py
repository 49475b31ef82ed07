from django.core.validators import MinLengthValidator
from django.db import models


class Tag(models.Model):
    name = models.SlugField(unique=True)

    def __str__(self):
        return self.name


class NoteQuerySet(models.QuerySet):
    def starred(self):
        return self.filter(stars__gt=0)


class Note(models.Model):
    class Kind(models.TextChoices):
        IDEA = 'i', 'Idea'
        TASK = 't', 'Task'

    title = models.CharField(max_length=30, validators=[MinLengthValidator(3)])
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=1, choices=Kind, default=Kind.IDEA)
    stars = models.PositiveSmallIntegerField(default=0)
    price = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name='notes')

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ['title']
        constraints = [models.UniqueConstraint(fields=['title', 'kind'], name='unique_title')]

    def __str__(self):
        return self.title
