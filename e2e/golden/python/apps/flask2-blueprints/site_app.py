from flask import (
    Blueprint,
    Flask,
    after_this_request,
    current_app,
    flash,
    g,
    get_flashed_messages,
    jsonify,
    redirect,
    render_template,
    render_template_string,
    request,
    session,
    url_for,
)
from flask.views import MethodView

api = Blueprint('api', __name__, url_prefix='/api')
pages = Blueprint('pages', __name__, template_folder='page_templates')
trace = []


@api.before_request
def before_api():
    trace.append('before api')


@api.before_app_request
def before_all():
    trace.append(f'before {request.endpoint}')
    g.user = request.headers.get('X-User', 'nobody')


@api.after_request
def after_api(response):
    response.headers['X-Api'] = '1'
    trace.append('after api')
    return response


@api.teardown_request
def teardown_api(error):
    trace.append(f'teardown {type(error).__name__}')


@api.errorhandler(LookupError)
def lookup(error):
    return jsonify(kind=type(error).__name__, text=str(error)), 404


class Items(MethodView):
    init_every_request = False

    def __init__(self):
        self.items = {}

    def get(self, key):
        return jsonify(key=key, value=self.items[key])

    def put(self, key):
        fresh = key not in self.items
        self.items[key] = request.get_json()
        return jsonify(self.items[key]), 201 if fresh else 200

    def delete(self, key):
        del self.items[key]
        return '', 204


api.add_url_rule('/items/<key>', view_func=Items.as_view('items'))


@api.get('/trace')
def show_trace():
    seen = list(trace)
    trace.clear()
    return jsonify(seen)


@api.get('/user')
def user():
    @after_this_request
    def mark(response):
        response.set_cookie('seen', g.user, max_age=60, httponly=True, samesite='Lax')
        return response

    return jsonify(user=g.user, blueprint=request.blueprint, endpoint=request.endpoint, rule=str(request.url_rule))


@api.get('/fail')
def fail():
    raise RuntimeError('not handled')


@pages.route('/')
def home():
    return render_template('home.html', names=['b', 'a', '<c>'], price=3.14159)


@pages.route('/inline')
def inline():
    return render_template_string(
        '{% set rows = [3, 1, 2]|sort %}{{ rows|join(",") }} {{ name|upper }} {{ missing }} {{ none is none }} '
        '{{ url_for("pages.home", q="x y") }} {{ config["TITLE"] }} {{ request.method }}',
        name='é&',
    )


@pages.route('/count')
def count():
    session['count'] = session.get('count', 0) + 1
    return jsonify(count=session['count'], permanent=session.permanent, new=session.new)


@pages.route('/login', methods=['POST'])
def login():
    session['name'] = request.form['name']
    flash('welcome', 'info')
    flash('again')
    return redirect(url_for('.whoami'))


@pages.route('/whoami')
def whoami():
    return jsonify(name=session.get('name'), messages=get_flashed_messages(with_categories=True))


@pages.route('/logout')
def logout():
    session.clear()
    return redirect('/')


@pages.route('/undefined')
def undefined():
    return render_template_string('{{ a.b.c }}')


@pages.route('/absent')
def absent():
    return render_template('absent.html')


def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY='golden', TITLE='Golden', JSON_SORT_KEYS=False)
    app.json.compact = False
    app.register_blueprint(api)
    app.register_blueprint(pages)
    app.register_blueprint(pages, name='again', url_prefix='/again')

    @app.context_processor
    def shared():
        return {'site': current_app.config['TITLE']}

    @app.template_filter('money')
    def money(value):
        return f'{value:.2f} EUR'

    @app.errorhandler(404)
    def missing(error):
        return render_template('missing.html', path=request.path), 404

    @app.errorhandler(500)
    def broken(error):
        return jsonify(error=type(error.original_exception).__name__), 500

    @app.cli.command('greet')
    def greet():
        print('hello')

    return app
