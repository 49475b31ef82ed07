set -e
alembic init -t generic migrations > /dev/null
sed -i 's#^sqlalchemy.url = .*#sqlalchemy.url = sqlite:///library.sqlite3#' alembic.ini
sed -i 's#^target_metadata = None#from alembic_migrations import Base; target_metadata = Base.metadata#' migrations/env.py
sed -i 's#^prepend_sys_path.*#prepend_sys_path = .#' alembic.ini
alembic revision --autogenerate -m first --rev-id 0001 2>&1 | grep -v Generating
alembic upgrade head
python alembic_migrations.py
alembic current
alembic history
alembic check
alembic revision -m empty --rev-id 0002 > /dev/null
alembic upgrade +1
alembic downgrade base
python alembic_migrations.py
alembic upgrade 0001 --sql 2> /dev/null | grep -c 'CREATE TABLE'
alembic upgrade 0009 || echo "exit $?"
