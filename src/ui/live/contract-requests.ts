import {
  basePath,
  contract,
  dereference,
  endpointPointer,
  endpoints,
  lookUp,
} from '../../../tasks/contract/index.ts';
import { isObject, resolvePointer, type Json } from '../../../tasks/json.ts';
import type { Pair } from './draft-request.ts';

/** The contract's operations as requests to begin from. Holds the contract: load it when it is wanted. */

export interface EndpointRequest {
  /** `METHOD /path` as the contract writes it. */
  readonly endpoint: string;
  readonly summary: string;
  readonly method: string;
  /** With the base path; parameters stand in braces. */
  readonly path: string;
  /** Values of the path's parameters that the contract gives as examples, percent-encoded. */
  readonly examples: Readonly<Record<string, string>>;
  /** Query parameters, switched off, with their examples. */
  readonly query: readonly Pair[];
  /** An example, indented; empty when the operation takes no body. */
  readonly body: string;
  /** Whether a token is needed, can be given, or is of no use. */
  readonly token: 'required' | 'optional' | 'none';
}

export const endpointRequests: readonly EndpointRequest[] = endpoints.map((endpoint) => {
  const [method = '', path = ''] = endpoint.split(' ');
  const operation = lookUp(endpointPointer(endpoint));
  const item = resolvePointer(contract, endpointPointer(endpoint).split('/').slice(0, -1).join('/'));
  const parameters = [...list(item, 'parameters'), ...list(operation, 'parameters')].map(dereference);
  const body = exampleOf(lookUp(`${endpointPointer(endpoint)}/requestBody/content/application~1json`));
  return {
    endpoint,
    summary: text(operation, 'summary'),
    method,
    path: basePath + path,
    examples: Object.fromEntries(
      parameters
        .filter((one) => text(one, 'in') === 'path')
        .map((one) => [text(one, 'name'), encodeURIComponent(text(one, 'example'))]),
    ),
    query: parameters
      .filter((one) => text(one, 'in') === 'query')
      .map((one) => ({ on: false, name: text(one, 'name'), value: text(one, 'example') })),
    body: body === undefined ? '' : JSON.stringify(body, null, 2),
    token: tokenOf(list(operation, 'security')),
  };
});

function tokenOf(security: readonly Json[]): EndpointRequest['token'] {
  if (security.length === 0) return 'none';
  return security.some((one) => isObject(one) && Object.keys(one).length === 0) ? 'optional' : 'required';
}

/** The example of a media type, or the first of several. */
function exampleOf(media: Json | undefined): Json | undefined {
  if (!isObject(media)) return undefined;
  if (media['example'] !== undefined) return media['example'];
  const [first] = isObject(media['examples']) ? Object.values(media['examples']) : [];
  return isObject(first) ? first['value'] : undefined;
}

function list(value: Json | undefined, name: string): readonly Json[] {
  const found = isObject(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}

function text(value: Json | undefined, name: string): string {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}
