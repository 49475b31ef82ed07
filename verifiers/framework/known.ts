import type { Framework } from '../../src/domain/task.ts';

/** A web framework as code constructs it. */
export interface Kind {
  /** The task's name of it; undefined for one that no task asks for. */
  readonly task?: Framework;
  readonly label: string;
  /** The npm package or top-level Python module, and the ways to an application in it; `()` is a call. */
  readonly constructors: readonly { package: string; path: readonly string[] }[];
}

function kind(label: string, ...constructors: string[]): Kind {
  return {
    label,
    constructors: constructors.map((each) => {
      const [name = '', ...path] = each.split(' ');
      return { package: name, path };
    }),
  };
}

export const kinds: readonly Kind[] = [
  { task: 'flask', ...kind('Flask', 'flask Flask ()', 'flask app Flask ()', 'flask_openapi3 OpenAPI ()') },
  { task: 'fastapi', ...kind('FastAPI', 'fastapi FastAPI ()', 'fastapi applications FastAPI ()') },
  {
    task: 'django',
    ...kind(
      'Django',
      'django get_wsgi_application ()',
      'django get_asgi_application ()',
      'django WSGIHandler ()',
      'django ASGIHandler ()',
      'django core wsgi get_wsgi_application ()',
      'django core asgi get_asgi_application ()',
    ),
  },
  { task: 'aiohttp', ...kind('aiohttp', 'aiohttp web Application ()', 'aiohttp Application ()') },
  { task: 'express', ...kind('Express', 'express ()', 'express express ()') },
  { task: 'fastify', ...kind('Fastify', 'fastify ()', 'fastify fastify ()', 'fastify Fastify ()') },
  {
    task: 'hono',
    ...kind(
      'Hono',
      'hono Hono ()',
      '@hono/zod-openapi OpenAPIHono ()',
      'hono createFactory () createApp ()',
      'hono Factory () createApp ()',
    ),
  },
  { task: 'koa', ...kind('Koa', 'koa ()', 'koa Koa ()') },
  kind('Quart', 'quart Quart ()'),
  kind('Bottle', 'bottle Bottle ()', 'bottle default_app ()', 'bottle run ()', 'bottle app ()'),
  kind('Tornado', 'tornado Application ()', 'tornado web Application ()'),
  kind('Starlette', 'starlette Starlette ()', 'starlette applications Starlette ()'),
  kind('Sanic', 'sanic Sanic ()'),
  kind('Falcon', 'falcon App ()', 'falcon API ()', 'falcon asgi App ()'),
  kind('Litestar', 'litestar Litestar ()', 'starlite Starlite ()'),
  kind(
    'Pyramid',
    'pyramid Configurator () make_wsgi_app ()',
    'pyramid config Configurator () make_wsgi_app ()',
  ),
  kind('CherryPy', 'cherrypy quickstart ()', 'cherrypy Application ()', 'cherrypy tree mount ()'),
  kind('web.py', 'web application ()'),
  kind('BlackSheep', 'blacksheep Application ()'),
  kind('Robyn', 'robyn Robyn ()'),
  kind('Emmett', 'emmett App ()'),
  kind('Masonite', 'masonite Application ()'),
  kind('Hug', 'hug API ()'),
  kind('Eve', 'eve Eve ()'),
  kind('Responder', 'responder API ()'),
  kind('Muffin', 'muffin Application ()', 'muffin App ()'),
  kind('microdot', 'microdot Microdot ()'),
  kind('NestJS', '@nestjs/core NestFactory create ()'),
  kind('hapi', '@hapi/hapi server ()', '@hapi/hapi Server ()', 'hapi Server ()', 'hapi server ()'),
  kind('Restify', 'restify createServer ()'),
  kind('Polka', 'polka ()'),
  kind('Elysia', 'elysia Elysia ()', 'elysia ()'),
  kind('h3', 'h3 createApp ()', 'h3 H3 ()'),
  kind('micro', 'micro ()', 'micro serve ()'),
  kind('Next.js', 'next ()'),
  kind('Restana', 'restana ()'),
  kind('0http', '0http ()'),
  kind('tinyhttp', '@tinyhttp/app App ()'),
  kind(
    'Feathers',
    '@feathersjs/express ()',
    '@feathersjs/koa koa ()',
    '@feathersjs/feathers ()',
    '@feathersjs/feathers feathers ()',
  ),
  kind('Oak', '@oak/oak Application ()', 'oak Application ()'),
  kind('Sails', 'sails ()', 'sails Sails ()', 'sails lift ()'),
  kind('LoopBack', '@loopback/rest RestApplication ()', 'loopback ()'),
  kind('Total.js', 'total.js http ()', 'total4 http ()'),
  kind('uWebSockets', 'uWebSockets.js App ()', 'hyper-express Server ()'),
  kind('json-server', 'json-server create ()'),
  kind('Marble.js', '@marblejs/http httpListener ()'),
  kind('Moleculer', 'moleculer ServiceBroker ()'),
  kind('Connect', 'connect ()'),
  kind('Adonis', '@adonisjs/core Ignitor ()', '@adonisjs/ignitor Ignitor ()'),
];

/** The framework of what a way into a package leads to: of an application, or of something that one gives. */
export function kindOf(name: string, path: readonly string[]): Kind | undefined {
  for (const each of kinds) {
    for (const constructor of each.constructors) {
      if (constructor.package === name && constructor.path.every((part, index) => path[index] === part))
        return each;
    }
  }
  return undefined;
}

/** Names that constructors have. */
export const constructorNames: ReadonlySet<string> = new Set(
  kinds.flatMap((each) => each.constructors.flatMap(({ path }) => path.filter((part) => part !== '()'))),
);

/** Packages that hold a constructor. */
export const frameworkPackages: ReadonlySet<string> = new Set(
  kinds.flatMap((each) => each.constructors.map((constructor) => constructor.package)),
);

/** Modules and packages of each framework that a task may ask for, for telling what was only imported or declared. */
export const packagesOf: Readonly<Record<Framework, readonly string[]>> = {
  flask: ['flask', 'flask_openapi3'],
  fastapi: ['fastapi'],
  django: ['django'],
  aiohttp: ['aiohttp'],
  express: ['express'],
  fastify: ['fastify'],
  hono: ['hono', '@hono/zod-openapi'],
  koa: ['koa'],
};

export const labelOf = (task: Framework): string => kinds.find((each) => each.task === task)?.label ?? task;
