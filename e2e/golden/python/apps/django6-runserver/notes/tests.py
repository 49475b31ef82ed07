from datetime import datetime, timezone

from django.db import IntegrityError, transaction
from django.test import Client, TestCase

from .models import Note


class NoteTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.note = Note.objects.create(title='One', made=datetime(2024, 1, 1, tzinfo=timezone.utc))

    def test_titles_are_unique(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Note.objects.create(title='ONE', made=self.note.made)

    def test_list(self):
        self.assertEqual(self.client.get('/notes/').json()['notes'][0]['title'], 'One')

    def test_csrf(self):
        self.assertEqual(Client(enforce_csrf_checks=True).post('/form/', {'title': 'x'}).status_code, 403)
