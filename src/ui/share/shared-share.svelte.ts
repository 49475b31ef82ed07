import { openLink, type Opened } from '../../share/links/index.ts';
import { sharedText } from '../english/share.ts';
import type { RunGroup } from '../runs/run-group.svelte.ts';
import type { Session } from '../session.svelte.ts';
import { ClaimedRun } from './claimed-run.svelte.ts';

/** A link as it was opened, which of its runs is shown, and what running them again came to. */
export class SharedShare {
  readonly #session: Session;
  #opened = $state.raw<Opened | undefined>();
  #runs = $state.raw<readonly ClaimedRun[]>([]);
  #index = $state(0);
  #group = $state.raw<RunGroup | undefined>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Undefined while it is being opened. */
  get opened(): Opened | undefined {
    return this.#opened;
  }
  /** The runs that the link holds; none when it cannot be read. */
  get runs(): readonly ClaimedRun[] {
    return this.#runs;
  }
  get index(): number {
    return this.#index;
  }
  /** The run that is shown. */
  get current(): ClaimedRun | undefined {
    return this.#runs[this.#index];
  }
  /** Id of the assertion that the link is about, when it is one of the run that is shown. */
  get at(): string | undefined {
    const at = this.#opened?.readable === true ? this.#opened.share.at : undefined;
    return at?.run === this.#index ? at.assertion : undefined;
  }
  /** True when the content is not what it was when the link was made. */
  get tampered(): boolean {
    return this.#opened?.readable === true && this.#opened.seal === 'broken';
  }
  /** False when it could not be read, or not all of it, which another try may mend. */
  get whole(): boolean {
    if (this.#opened === undefined) return true;
    return this.#opened.readable && this.#opened.faults.every(({ code }) => code !== 'unknown-reference');
  }
  /** Those that can be run here. */
  get runnable(): readonly ClaimedRun[] {
    return this.#runs.filter(({ blocked }) => blocked === undefined);
  }
  /** True while one of them is run again. */
  get running(): boolean {
    return this.#runs.some(({ running }) => running);
  }
  /** What came of running all of them; undefined before. */
  get group(): RunGroup | undefined {
    return this.#group;
  }

  /** Opens the fragment of an address. Never rejects. */
  async open(fragment: string): Promise<void> {
    const opened = await openLink(fragment);
    if (opened.readable) {
      this.#runs = opened.share.runs.map((run) => new ClaimedRun(this.#session, run));
      this.#index = opened.share.at?.run ?? 0;
    }
    this.#opened = opened;
  }

  choose(index: number): void {
    this.#index = index;
  }

  /** Runs again what is shown; to be called after consent only. */
  run(): void {
    const { current } = this;
    const request = current?.request;
    if (current === undefined || request === undefined) return;
    const { runs } = this.#session;
    void runs.start(request);
    const started = runs.list.find((run) => run.request === request) ?? runs.underWay(request);
    if (started !== undefined) current.follow(started);
  }

  /** Runs all of them again, side by side; to be called after consent only. */
  runAll(): void {
    const started = this.runnable.flatMap((claimed) => {
      const { request } = claimed;
      return request === undefined ? [] : [{ claimed, request }];
    });
    const group = this.#session.runs.startGroup(
      started.map(({ request }) => request),
      sharedText.group.label,
    );
    started.forEach(({ claimed }, index) => {
      const run = group.runs[index];
      if (run !== undefined) claimed.follow(run);
    });
    this.#group = group;
  }

  cancelAll(): void {
    for (const { fresh } of this.#runs) fresh?.cancel();
  }

  /** Puts the files of the run that is shown into the draft and goes there. */
  edit(): void {
    const request = this.current?.request;
    if (request === undefined) return;
    const { route, setup } = this.#session;
    setup.take(request.files, request.source, [sharedText.actions.taken], request.task.id);
    route.go('playground');
  }

  /** @returns what came of it, in words */
  async keep(): Promise<string> {
    const record = await this.current?.record();
    if (record === undefined) return sharedText.actions.notKept;
    const { kept } = await this.#session.history.take([record], 'link');
    return kept === 0 ? sharedText.actions.known : sharedText.actions.kept;
  }
}

/** Links that are remembered for the way back to them. */
const remembered = 6;
/** By the session that opened them, the last one first. */
const links = new WeakMap<Session, readonly { readonly fragment: string; readonly share: SharedShare }[]>();

/**
 * The link of this fragment, opened: as it was left when the person comes back to it, with the runs that were started
 * from it. One that could not be opened whole is opened anew.
 */
export function sharedAt(session: Session, fragment: string): SharedShare {
  const known = links.get(session) ?? [];
  const found = known.find((one) => one.fragment === fragment)?.share;
  const share = found?.whole === true ? found : new SharedShare(session);
  if (share !== found) void share.open(fragment);
  const others = known.filter((one) => one.fragment !== fragment);
  links.set(session, [{ fragment, share }, ...others].slice(0, remembered));
  return share;
}
