/** HTTP headers that the page and the sandbox frame are served with. */

/** Policy of the frame in which submissions run: code arrives by message alone, nothing can be fetched. */
export const sandboxPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
  'worker-src blob:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * Headers for a path of the built app.
 * @param {string} path - URL path, e.g. `/sandbox.html`.
 * @returns {Record<string, string>}
 */
export function headersFor(path) {
  const common = {
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
  if (path === '/sandbox.html') {
    return {
      ...common,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Security-Policy': sandboxPolicy,
    };
  }
  return {
    ...common,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

/** Vite plug-in: the same headers in development and preview. */
export function isolationHeaders() {
  const middleware = (request, response, next) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    for (const [name, value] of Object.entries(headersFor(path))) response.setHeader(name, value);
    next();
  };
  return {
    name: 'isolation-headers',
    configureServer: (server) => void server.middlewares.use(middleware),
    configurePreviewServer: (server) => void server.middlewares.use(middleware),
  };
}
