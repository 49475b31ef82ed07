/** One request as it would go over the wire. */
export interface Outgoing {
  /** e.g. `http://localhost:3000`. */
  origin: string;
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body?: Uint8Array<ArrayBuffer>;
}

export interface Incoming {
  status: number;
  statusText: string;
  headers: [name: string, value: string][];
  body: Uint8Array;
}

/** A request that brought no answer. `code` as Node names it: `ECONNREFUSED`. */
export class NetworkError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Transport = (request: Outgoing, signal: AbortSignal) => Promise<Incoming>;

let transport: Transport = () => Promise.reject(new NetworkError('ENETUNREACH', 'there is no network'));

/** Says where requests go from now on; there is nothing but this way out. */
export function setTransport(way: Transport): void {
  transport = way;
}

export const exchange: Transport = (request, signal) => transport(request, signal);
