import dbm
import os
import shelve


def show(label, function, *args, **more):
    try:
        print(label, '->', function(*args, **more))
    except Exception as error:
        print(label, '->', type(error).__name__, error)


with shelve.open('data') as shelf:
    shelf['a'] = {'x': [1, 2]}
    shelf['b'] = 'text'
    print(sorted(shelf), len(shelf), 'a' in shelf, shelf.get('c', 'none'))
with shelve.open('data', writeback=True) as shelf:
    shelf['a']['x'].append(3)
    del shelf['b']
with shelve.open('data') as shelf:
    print(dict(shelf))
show('deleted', lambda: shelve.open('data')['b'])
show('missing', lambda: dbm.open('nowhere', 'r'))
show('missing w', lambda: dbm.open('nowhere', 'w'))
show('default', lambda: dbm.open('nowhere'))
show('flag', lambda: dbm.open('nowhere', 'q'))
show('whichdb none', dbm.whichdb, 'nowhere')
open('other', 'w').write('this is no database at all')
show('whichdb other', dbm.whichdb, 'other')
show('other', lambda: dbm.open('other', 'r'))
with dbm.open('store', 'c') as db:
    db[b'k'] = b'v'
    db['text'] = 'é'
    print(db['k'], db[b'text'], db.get('none'), db.get('none', b'd'), 'k' in db, b'zz' in db, len(db))
    print(sorted(db.keys()), db.setdefault('new', b'1'))
    show('bad key', lambda: db[5])
    show('bad value', lambda: db.__setitem__('a', 5))
    show('key error', lambda: db['none'])
    show('del', lambda: db.__delitem__('none'))
    del db['new']
with dbm.open('store') as db:
    print(sorted(db.keys()))
    show('read only', lambda: db.__setitem__('a', 'b'))
show('closed', lambda: db['k'])
with dbm.open('store', 'n') as db:
    print(len(db))
print(issubclass(dbm.error[0], Exception), isinstance(dbm.error, tuple))
shelf = shelve.open('data')
shelf.close()
show('closed shelf', lambda: shelf['a'])
show('read shelf', lambda: shelve.open('data', 'r')['a'])
