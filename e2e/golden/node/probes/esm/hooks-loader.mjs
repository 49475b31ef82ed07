// hooks of a loader
let answer;
export async function initialize(data) {
  answer = data.answer;
  return 'ignored';
}
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('virtual:')) return { url: specifier, shortCircuit: true, format: 'module' };
  if (specifier.startsWith('refused:'))
    throw new RangeError(`refused ${specifier} for ${context.parentURL.split('/').pop()}`);
  return next(specifier);
}
export async function load(url, context, next) {
  if (url.startsWith('virtual:'))
    return {
      format: 'module',
      shortCircuit: true,
      source: `export default ${JSON.stringify(url)}; export const n = ${answer};`,
    };
  const result = await next(url, context);
  if (url.endsWith('?text'))
    return { format: 'module', source: `export default ${JSON.stringify(String(result.source))}` };
  return result;
}
