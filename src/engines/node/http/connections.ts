import { host } from '../host.ts';

/** What a connections list needs to know of a parser. */
export interface TrackedParser {
  /** When the current message began, in ms of `host.now()`; 0 when the connection is idle. */
  readonly messageStart: number;
  readonly headersDone: boolean;
  /** The object that JavaScript knows as the parser. */
  readonly parser: object;
}

/**
 * Connections of one server, as `internalBinding('http_parser').ConnectionsList`: for closeIdleConnections,
 * closeAllConnections, headersTimeout and requestTimeout.
 */
export class ConnectionsList {
  readonly #all = new Set<TrackedParser>();
  readonly #active = new Set<TrackedParser>();

  /** Adds or moves a connection; call after its `messageStart` changed. */
  static track(list: ConnectionsList, parser: TrackedParser, active: boolean): void {
    ConnectionsList.forget(list, parser);
    list.#all.add(parser);
    if (active) list.#active.add(parser);
  }

  static forget(list: ConnectionsList, parser: TrackedParser): void {
    list.#all.delete(parser);
    list.#active.delete(parser);
  }

  /** Every connection: idle ones first, then by the age of the message. */
  all(): object[] {
    return oldestFirst(this.#all).map((each) => each.parser);
  }

  idle(): object[] {
    return [...this.#all].filter((each) => each.messageStart === 0).map((each) => each.parser);
  }

  active(): object[] {
    return oldestFirst(this.#active).map((each) => each.parser);
  }

  /**
   * Takes the connections off the active list whose headers or whole request took too long, and returns them.
   * Times in ms; 0 switches a limit off.
   */
  expired(headersTimeout: number, requestTimeout: number): object[] {
    let headers = headersTimeout;
    let request = requestTimeout;
    if (request > 0 && headers > request) [headers, request] = [request, headers];
    const now = host.now();
    const late = oldestFirst(this.#active).filter((each) => {
      const age = now - each.messageStart;
      return (headers > 0 && !each.headersDone && age > headers) || (request > 0 && age > request);
    });
    for (const each of late) this.#active.delete(each);
    return late.map((each) => each.parser);
  }
}

function oldestFirst(parsers: Iterable<TrackedParser>): TrackedParser[] {
  return [...parsers].sort((a, b) => a.messageStart - b.messageStart);
}
