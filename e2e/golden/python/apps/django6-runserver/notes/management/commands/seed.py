from datetime import datetime, timedelta, timezone

from django.core.management.base import BaseCommand, CommandError

from notes.models import Note


class Command(BaseCommand):
    help = 'Makes notes.'

    def add_arguments(self, parser):
        parser.add_argument('--count', type=int, default=1)

    def handle(self, *args, count, **options):
        if count < 1:
            raise CommandError('At least one.')
        start = datetime(2024, 6, 1, 12, tzinfo=timezone.utc)
        for number in range(count):
            made = start + timedelta(days=30 * number)
            Note.objects.create(title=f'Note {number}', text='<b>text</b>', data={'n': [number]}, made=made)
        self.stdout.write(self.style.SUCCESS(f'{count} notes'))
