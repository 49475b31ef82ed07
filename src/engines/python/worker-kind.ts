/**
 * Pyodide refuses classic workers because it must import its own script as a module, which workers of either
 * kind can. It tells them apart by `importScripts`, which throws a TypeError in module workers; the engine has no
 * use for it. Imported before anything of Pyodide.
 */
Object.defineProperty(self, 'importScripts', {
  value: () => {
    throw new TypeError('importScripts is not available in the Python engine');
  },
});

export {};
