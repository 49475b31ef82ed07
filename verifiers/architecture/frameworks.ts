import type { Import, Target } from '../syntax/types.ts';

const packages =
  /^(?:flask|fastapi|starlette|aiohttp|rest_framework|express|fastify|hono|koa|@hono\/.+|@koa\/.+)$/;
/** Of Django only these: its ORM is made for models. */
const djangoParts = ['http', 'shortcuts', 'urls', 'views'];

/** The web framework that an import leads to, as people call the module; undefined when it leads to none. */
export function webFrameworkOf(imported: Import, { resolution, name }: Target): string | undefined {
  if (resolution.kind !== 'package') return undefined;
  if (packages.test(resolution.name)) return resolution.name;
  if (resolution.name !== 'django') return undefined;
  const [top, part] = imported.specifier.split('.');
  const used = top === 'django' ? (part ?? name) : name;
  return djangoParts.includes(used) ? `django.${used}` : undefined;
}
