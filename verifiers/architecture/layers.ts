/** One of the four layers. */
export interface Layer {
  readonly name: 'routes' | 'services' | 'repositories' | 'models';
  /** A file uses nothing of a layer of higher rank. */
  readonly rank: 0 | 1 | 2 | 3;
  /** Names of directories in lower case, `-` read as `_`. */
  readonly names: readonly string[];
}

/** From the top to the bottom. */
export const layers: readonly Layer[] = [
  {
    name: 'routes',
    rank: 3,
    names: [
      ...['routes', 'route', 'routers', 'router', 'handlers', 'handler', 'views'],
      ...['controllers', 'controller', 'endpoints', 'endpoint', 'presentation'],
    ],
  },
  {
    name: 'services',
    rank: 2,
    names: [
      ...['services', 'service', 'usecases', 'use_cases', 'usecase', 'use_case'],
      ...['interactors', 'interactor'],
    ],
  },
  {
    name: 'repositories',
    rank: 1,
    names: [
      ...['repositories', 'repository', 'repos', 'repo', 'data_access', 'dataaccess', 'data'],
      ...['daos', 'dao', 'dal', 'persistence'],
    ],
  },
  { name: 'models', rank: 0, names: ['models', 'model', 'entities', 'entity', 'domain'] },
];

/** So many of the four must be there. */
export const layersNeeded = 3;

const byName = new Map(layers.flatMap((layer) => layer.names.map((name) => [name, layer] as const)));

/** The layer of a file: that of the directory nearest to it which has a layer's name. Its own name does not count. */
export function layerOf(path: string): Layer | undefined {
  const directories = path.toLowerCase().replaceAll('-', '_').split('/').slice(0, -1);
  for (const directory of directories.reverse()) {
    const layer = byName.get(directory);
    if (layer !== undefined) return layer;
  }
  return undefined;
}
