/** HTTP headers that the page and the sandbox frame are served with. */

/**
 * Who may frame the host for clients of `@webcontainer/api`, and with it the sandbox: this app, and pages on this machine.
 * A deployment that offers it to others names them here.
 */
export const headlessPolicy = "frame-ancestors 'self' http://localhost:* http://127.0.0.1:*";

/**
 * Policy of the frame in which submissions run: code arrives by message alone, nothing can be fetched. Its origin is opaque
 * whoever frames it, and however.
 */
export const sandboxPolicy = [
  'sandbox allow-scripts',
  headlessPolicy,
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
  'worker-src blob:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/** Nobody may put the app into a frame, to have a person press what they do not see. */
const ownPolicy = "frame-ancestors 'self'";

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
  if (/^\/headless(\/(index\.html)?)?$/.test(path)) {
    return {
      ...common,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Security-Policy': headlessPolicy,
    };
  }
  if (path === '/webcontainer.html') {
    return {
      ...common,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Content-Security-Policy': ownPolicy,
      // The vendor's licence is given to sites: its host may see which one this is, nothing more.
      'Referrer-Policy': 'strict-origin',
    };
  }
  // This worker finds out whether an address answers at all, for which it has to be let see unreadable answers.
  if (/\/probe\.worker[-.][^/]*$/.test(path)) {
    return {
      ...common,
      'Cross-Origin-Embedder-Policy': 'credentialless',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Content-Security-Policy': "default-src 'none'; connect-src https: http:",
    };
  }
  return {
    ...common,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Security-Policy': ownPolicy,
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
