# run: bash flask_commands.sh
# files: flask_commands.sh
# install: flask==3.1.3 python-dotenv==1.2.4
import click
from flask import Flask, current_app

app = Flask(__name__)


@app.get('/items/<int:number>')
def item(number):
    return str(number)


@app.cli.command('count')
@click.argument('number', type=int)
@click.option('--loud/--quiet', default=False)
def count(number, loud):
    """Counts."""
    words = ' '.join(str(one) for one in range(number))
    click.echo(words.upper() if loud else words)
    click.secho('done', fg='green')


@app.cli.command('fail')
def fail():
    raise click.ClickException('it failed')


@app.shell_context_processor
def context():
    return {'answer': 42}


def create_app(name='default'):
    made = Flask(name)

    @made.cli.command('who')
    def who():
        print(current_app.name)

    return made
