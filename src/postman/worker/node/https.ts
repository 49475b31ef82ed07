import { Agent, globalAgent, request } from './http.ts';

/** An object of its own: postman-request tells the two protocols apart by their modules. */
export default { request, Agent, globalAgent };
