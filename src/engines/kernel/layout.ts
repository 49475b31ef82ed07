/** Where things are on the disk of a sandbox: a small Linux, as in the benchmark's containers. */
export const layout = {
  /** The submission; processes start here. */
  workdir: '/app',
  home: '/root',
  tmp: '/tmp',
  /** Console scripts that pip and npm -g install; on PATH. */
  bin: '/usr/local/bin',
  /** Global npm modules. */
  nodeModules: '/usr/local/lib/node_modules',
  sitePackages: '/usr/local/lib/python3.14/site-packages',
  path: '/usr/local/bin:/usr/bin:/bin',
  nodePath: '/usr/local/bin/node',
  pythonPath: '/usr/local/bin/python3',
} as const;
