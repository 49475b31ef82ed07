import django.core.validators
from django.db import migrations, models


def first_tag(apps, schema_editor):
    apps.get_model('notes', 'Tag').objects.create(name='made-by-migration')


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=30, validators=[django.core.validators.MinLengthValidator(3)])),
                ('text', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('i', 'Idea'), ('t', 'Task')], default='i', max_length=1)),
                ('stars', models.PositiveSmallIntegerField(default=0)),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                ('due', models.DateField(blank=True, null=True)),
                ('tags', models.ManyToManyField(blank=True, related_name='notes', to='notes.tag')),
            ],
            options={'ordering': ['title']},
        ),
        migrations.AddConstraint(
            model_name='note', constraint=models.UniqueConstraint(fields=('title', 'kind'), name='unique_title')
        ),
        migrations.RunPython(first_tag, migrations.RunPython.noop),
    ]
