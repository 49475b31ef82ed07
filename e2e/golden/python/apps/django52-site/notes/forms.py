from django import forms

from .models import Note


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ['title', 'text', 'kind', 'stars', 'price', 'due', 'tags']

    def clean_title(self):
        title = self.cleaned_data['title']
        if title == 'forbidden':
            raise forms.ValidationError('Not this one.', code='forbidden')
        return title

    def clean(self):
        data = super().clean()
        if data.get('kind') == 't' and not data.get('due'):
            self.add_error(None, 'A task needs a date.')
        return data
