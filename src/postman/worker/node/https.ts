import { Agent, ClientRequest, globalAgent, type RequestOptions } from './http.ts';

/** A module of its own: postman-request tells the two protocols apart by their modules. */
export const request = (options: RequestOptions) => new ClientRequest(options, 'https:');
export { Agent, globalAgent };
