import os

bind = f'0.0.0.0:{os.environ.get("PORT", "8000")}'
workers = 1
worker_class = 'uvicorn.workers.UvicornWorker'
accesslog = '-'


def on_starting(server):
    server.log.info('on starting')


def when_ready(server):
    server.log.info('ready with %d worker', server.cfg.workers)


def post_fork(server, worker):
    server.log.info('forked')


def worker_int(worker):
    worker.log.info('interrupted')


def on_exit(server):
    server.log.info('on exit')
