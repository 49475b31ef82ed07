import os

from flask import Flask, jsonify, render_template_string, request
from flask_wtf import FlaskForm
from peewee import CharField, DoesNotExist, ForeignKeyField, IntegerField, IntegrityError, Model, SqliteDatabase, fn, prefetch
from webargs import fields, validate
from webargs.flaskparser import use_args, use_kwargs
from wtforms import BooleanField, DateField, DecimalField, FieldList, IntegerField as WholeField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import URL, DataRequired, EqualTo, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

app = Flask(__name__)
app.config.update(SECRET_KEY='golden', WTF_CSRF_ENABLED=False)
database = SqliteDatabase('peewee.db', pragmas={'foreign_keys': 1, 'journal_mode': 'wal'})


class Table(Model):
    class Meta:
        database = database


class Owner(Table):
    name = CharField(unique=True, max_length=20)


class Pet(Table):
    name = CharField()
    age = IntegerField(default=0)
    owner = ForeignKeyField(Owner, backref='pets', on_delete='CASCADE')

    class Meta:
        indexes = ((('name', 'owner'), True),)


class SignUp(FlaskForm):
    name = StringField('Name', [DataRequired(), Length(3, 8), Regexp(r'^\w+$', message='letters only')], filters=[lambda text: text and text.strip()])
    age = WholeField('Age', [InputRequired(), NumberRange(18, 99)])
    day = DateField('Day', [Optional()])
    price = DecimalField('Price', [Optional()], places=2)
    kind = SelectField('Kind', choices=[('a', 'A'), ('b', 'B')])
    site = StringField('Site', [Optional(), URL()])
    again = StringField('Again', [EqualTo('name')])
    accept = BooleanField('Accept')
    notes = FieldList(StringField('Note', [Length(max=3)]), max_entries=2)
    text = TextAreaField('Text', render_kw={'rows': 3})
    send = SubmitField()

    def validate_name(self, field):
        if field.data == 'taken':
            raise ValidationError('That name is taken.')


@app.before_request
def connect():
    database.connect(reuse_if_open=True)


@app.teardown_request
def close(error):
    database.close()


@app.route('/form', methods=['GET', 'POST'])
def form():
    form = SignUp()
    if form.validate_on_submit():
        return jsonify({field.name: str(field.data) for field in form})
    if request.method == 'POST':
        return jsonify(errors=form.errors), 422
    return render_template_string('{% for field in form %}{{ field.label }}{{ field }}\n{% endfor %}', form=form)


@app.get('/args')
@use_args({'page': fields.Int(load_default=1, validate=validate.Range(min=1)), 'sort': fields.DelimitedList(fields.Str()), 'on': fields.Bool()}, location='query')
def args(found):
    return jsonify(found)


@app.post('/body')
@use_kwargs({'name': fields.Str(required=True), 'tags': fields.List(fields.Str(validate=validate.OneOf(['x', 'y'])))})
def body(name, tags=()):
    return jsonify(name=name, tags=list(tags))


@app.errorhandler(422)
@app.errorhandler(400)
def invalid(error):
    return jsonify(errors=error.data['messages'] if hasattr(error, 'data') else str(error)), error.code


@app.post('/owners')
def add_owner():
    data = request.get_json()
    try:
        with database.atomic():
            owner = Owner.create(name=data['name'])
            for pet in data.get('pets', []):
                Pet.create(owner=owner, **pet)
    except IntegrityError as error:
        return jsonify(error=str(error)), 409
    return jsonify(id=owner.id), 201


@app.get('/owners')
def owners():
    found = prefetch(Owner.select().order_by(Owner.name), Pet.select().order_by(Pet.age.desc()))
    return jsonify([{'name': owner.name, 'pets': [[pet.name, pet.age] for pet in owner.pets]} for owner in found])


@app.get('/stats')
def stats():
    rows = Pet.select(Owner.name, fn.COUNT(Pet.id).alias('n'), fn.AVG(Pet.age)).join(Owner).group_by(Owner).order_by(Owner.name).tuples()
    sql, parameters = Pet.select().where((Pet.age > 3) & (Pet.name ** 'r%')).paginate(2, 5).sql()
    return jsonify(rows=list(rows), sql=sql, parameters=parameters)


@app.get('/owners/<int:key>')
def owner(key):
    try:
        return jsonify(name=Owner.get_by_id(key).name)
    except DoesNotExist as error:
        return jsonify(error=type(error).__name__, text=str(error)), 404


@app.delete('/owners/<int:key>')
def delete(key):
    return jsonify(rows=Owner.delete_by_id(key), pets=Pet.select().count())


if __name__ == '__main__':
    with database:
        database.drop_tables([Pet, Owner])
        database.create_tables([Owner, Pet])
    app.run('0.0.0.0', int(os.environ['PORT']))
