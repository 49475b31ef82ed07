import { recordExchange } from '../../../tasks/suite/exchange.ts';
import { limits } from '../../domain/limits.ts';
import type { LogLine } from '../../domain/run.ts';
import type { Exchange } from '../../domain/verdict.ts';
import type { RawRequest, RawResponse } from '../../engines/engine.ts';
import type { LiveServer } from '../../evaluate/live-types.ts';
import { liveText } from '../english/live.ts';
import type { Run } from '../runs/run.svelte.ts';
import type { EndpointRequest } from './contract-requests.ts';
import { fromSent, toRaw, type DraftRequest, type Obstacle } from './draft-request.ts';
import { newestIn, usersIn, type KnownUser } from './users.ts';

/** A request that was made by hand, and what came of it. */
export interface Sent {
  readonly id: number;
  readonly exchange: Exchange;
  /** Bytes of the answer's body, all of them. */
  readonly bytes: number;
  /** What the server wrote meanwhile. */
  readonly lines: readonly LogLine[];
}

/** Whom a request says it is from. */
export type Who = { kind: 'none' } | { kind: 'user'; username: string } | { kind: 'custom' };

/** Output takes another way than an answer, and may come after it. */
const lateMs = 300;
const mostLines = 500;
/** Of the body of an answer, what is kept for looking at. */
const keptBody = 512 * 2 ** 10;

const blank: DraftRequest = {
  method: 'GET',
  path: '/api/articles',
  query: [],
  headers: [{ on: true, name: 'Accept', value: 'application/json' }],
  authorization: '',
  body: '',
};

/** Requests to the server of a run: the one that is being written, the one under way, those that were sent. */
export class RequestConsole {
  #run = $state.raw<Run>() as Run;
  #draft = $state.raw<DraftRequest>(blank);
  #who = $state.raw<Who>({ kind: 'none' });
  #sent = $state.raw<readonly Sent[]>([]);
  #shownId = $state<number | undefined>();
  #abort = $state.raw<AbortController | undefined>();
  #obstacle = $state.raw<Obstacle | undefined>();
  #renewed = $state.raw<'login' | 'register' | 'failed' | undefined>();
  /** Milliseconds until a request is given up. */
  timeoutMs = $state<number>(limits.consoleRequestMs);
  #count = 0;
  /** Users of runs before this one: after a restart they can be registered again. */
  #known = $state.raw<readonly KnownUser[]>([]);
  /** A cache by hand: consoles are made while others are derived, and a derived value made there ends with them. */
  #found: { of: readonly unknown[]; users: readonly KnownUser[] } = { of: [], users: [] };

  constructor(run: Run) {
    this.#run = run;
  }

  get server(): LiveServer | undefined {
    return this.#run.live;
  }
  get draft(): DraftRequest {
    return this.#draft;
  }
  get who(): Who {
    return this.#who;
  }
  /** Newest first. */
  get sent(): readonly Sent[] {
    return this.#sent;
  }
  /** The request whose answer is looked at. */
  get shown(): Sent | undefined {
    return this.#sent.find(({ id }) => id === this.#shownId) ?? this.#sent[0];
  }
  get busy(): boolean {
    return this.#abort !== undefined;
  }
  /** What keeps the request from being sent. */
  get obstacle(): Obstacle | undefined {
    return this.#obstacle;
  }
  /** How a refused token was renewed last. */
  get renewed(): 'login' | 'register' | 'failed' | undefined {
    return this.#renewed;
  }
  /** Users whose tokens are at hand, from the suite and from requests made here. */
  get users(): readonly KnownUser[] {
    const of = [this.#run.exchanges, this.#sent, this.#known];
    if (of.some((part, at) => part !== this.#found.of[at])) {
      const sent = this.#sent.map(({ exchange }) => exchange).reverse();
      this.#found = { of, users: usersIn([...this.#run.exchanges, ...sent], this.#known) };
    }
    return this.#found.users;
  }
  get user(): KnownUser | undefined {
    const who = this.#who;
    return who.kind === 'user' ? this.users.find(({ username }) => username === who.username) : undefined;
  }
  /** The value of `Authorization` as it would be sent now. */
  get authorization(): string {
    if (this.#who.kind === 'custom') return this.#draft.authorization;
    const { user } = this;
    return user === undefined ? '' : `Token ${user.token}`;
  }
  /** The request as it would be sent now, or what is wrong with it. */
  get request(): RawRequest | Obstacle {
    return toRaw({ ...this.#draft, authorization: this.authorization });
  }

  /** The server goes on as that of another run. */
  moveTo(run: Run): void {
    this.#known = this.users;
    this.#run = run;
  }

  edit(change: Partial<DraftRequest>): void {
    this.#draft = { ...this.#draft, ...change };
    this.#obstacle = undefined;
  }

  choose(who: Who): void {
    this.#who = who;
    this.#obstacle = undefined;
  }

  /** Begins from an operation of the contract, with values that the server knows where some are known. */
  pick({ method, path, query, examples, body, token }: EndpointRequest): void {
    const exchanges = [...this.#run.exchanges, ...this.#sent.map(({ exchange }) => exchange).reverse()];
    if (token === 'none') this.choose({ kind: 'none' });
    else if (token === 'required' && this.authorization === '') {
      const [first] = this.users;
      if (first !== undefined) this.choose({ kind: 'user', username: first.username });
    }
    const known = (name: string): string | undefined =>
      name === 'username' ? (this.user ?? this.users[0])?.username : newestIn(exchanges, name);
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = known(name);
      return value === undefined ? (examples[name] ?? name) : encodeURIComponent(value);
    });
    this.edit({ method, path: filled, query, body, headers: headersFor(body) });
  }

  /** Takes over a request that was sent before, here or by the suite. */
  compose(request: Exchange['request']): void {
    const draft = fromSent(request);
    this.#draft = draft;
    this.#obstacle = undefined;
    const user = this.users.find(({ token }) => draft.authorization === `Token ${token}`);
    if (draft.authorization === '') this.#who = { kind: 'none' };
    else this.#who = user ? { kind: 'user', username: user.username } : { kind: 'custom' };
  }

  show(sent: Sent): void {
    this.#shownId = sent.id;
  }

  clear(): void {
    this.#sent = [];
    this.#shownId = undefined;
  }

  /** Sends what is written. Never rejects: what went wrong is an answer too. */
  async send(): Promise<void> {
    const { request } = this;
    if ('kind' in request) this.#obstacle = request;
    else await this.#ask(request);
  }

  /** Sends a request again, as it was. */
  async again({ exchange: { request } }: Sent): Promise<void> {
    this.compose(request);
    await this.send();
  }

  cancel(): void {
    this.#abort?.abort();
  }

  /** Logs the chosen user in again, or registers them where a fresh database does not know them. */
  async renew(): Promise<void> {
    const { user } = this;
    if (user?.password === undefined) return;
    this.#renewed = undefined;
    const { username, email, password } = user;
    const post = (path: string, fields: Record<string, string>): Promise<Sent | undefined> =>
      this.#ask({
        method: 'POST',
        target: `/api${path}`,
        headers: [
          ['Accept', 'application/json'],
          ['Content-Type', 'application/json'],
        ],
        body: new TextEncoder().encode(JSON.stringify({ user: fields })),
      });
    const ok = (sent: Sent | undefined): boolean => {
      const status = sent?.exchange.response?.status ?? 0;
      return status >= 200 && status < 300;
    };
    if (ok(await post('/users/login', { email, password }))) this.#renewed = 'login';
    else if (ok(await post('/users', { username, email, password }))) this.#renewed = 'register';
    else this.#renewed = 'failed';
  }

  /** @returns undefined when there is no server, or when another request is under way */
  async #ask(request: RawRequest): Promise<Sent | undefined> {
    const { server } = this;
    if (server === undefined || this.#abort !== undefined) return undefined;
    const abort = new AbortController();
    this.#abort = abort;
    const late = AbortSignal.timeout(this.timeoutMs);
    const lines: LogLine[] = [];
    const stop = server.on('log', (line) => lines.length < mostLines && lines.push(line));
    const began = performance.now();
    const id = (this.#count += 1);
    const answer = await answerOf(server, request, AbortSignal.any([abort.signal, late]), () => {
      if (late.aborted) return liveText.console.late(this.timeoutMs / 1000);
      return abort.signal.aborted ? liveText.console.cancelled : undefined;
    });
    const ms = performance.now() - began;
    const exchange = recordExchange(`#${id}`, request, answer, { at: undefined, ms }, keptBody);
    // A body is sent again as it was: only what a server answers is cut.
    if (request.body !== undefined) exchange.request.body = new TextDecoder().decode(request.body);
    const bytes = 'response' in answer ? answer.response.body.byteLength : 0;
    const sent: Sent = { id, exchange, bytes, lines: [...lines] };
    this.#sent = [sent, ...this.#sent].slice(0, limits.consoleRequests);
    this.#shownId = id;
    this.#abort = undefined;
    setTimeout(() => {
      stop();
      this.#sent = this.#sent.map((one) => (one.id === id ? { ...one, lines } : one));
    }, lateMs);
    return sent;
  }
}

/** The answer, or why there is none; no later than the signal. */
async function answerOf(
  server: LiveServer,
  request: RawRequest,
  signal: AbortSignal,
  why: () => string | undefined,
): Promise<{ response: RawResponse } | { error: string }> {
  const given = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return { response: await Promise.race([server.request(request, signal), given]) };
  } catch (error) {
    if (why() === undefined && !server.running) return { error: liveText.console.ended };
    return { error: why() ?? (error instanceof Error ? error.message : String(error)) };
  }
}

function headersFor(body: string): DraftRequest['headers'] {
  const accept = { on: true, name: 'Accept', value: 'application/json' };
  return body === '' ? [accept] : [accept, { on: true, name: 'Content-Type', value: 'application/json' }];
}
