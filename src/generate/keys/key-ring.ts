import { KeyError, newLock, open, seal, type Keys, type Lock } from './vault.ts';

/** Where sealed keys are kept. */
export interface KeyDisk {
  read(): Promise<unknown>;
  write(sealed: unknown): Promise<void>;
  remove(): Promise<void>;
}

/** What a passphrase has to have at least; characters. */
export const shortestPassphrase = 8;

/**
 * `memory`: keys go with the page. `kept`: they are also on disk, sealed. `locked`: they are on disk, and this page
 * does not know them.
 */
export type Keeping = 'memory' | 'kept' | 'locked';

/**
 * The keys of this page. Each belongs to one address and is given for no other. They are in no property that could be
 * written down with the object.
 */
export class KeyRing {
  readonly #disk: KeyDisk;
  readonly #onChange: () => void;
  #keys: Keys = {};
  #lock: Lock | undefined;
  #keeping: Keeping = 'memory';
  /** Writes come one after the other: the last one wins. */
  #writing: Promise<void> = Promise.resolve();

  /** @param onChange - after every change, for those who show it */
  constructor(disk: KeyDisk, onChange: () => void = () => undefined) {
    this.#disk = disk;
    this.#onChange = onChange;
  }

  get keeping(): Keeping {
    return this.#keeping;
  }
  /** How many keys this page knows. */
  get size(): number {
    return Object.keys(this.#keys).length;
  }

  /** Whether keys of an earlier visit wait for their passphrase. */
  async load(): Promise<void> {
    if (this.#keeping !== 'memory' || (await this.#disk.read()) === undefined) return;
    this.#keeping = 'locked';
    this.#onChange();
  }

  get(address: string): string | undefined {
    return this.#keys[address];
  }

  /** All keys, to be taken out of texts. */
  all(): string[] {
    return Object.values(this.#keys);
  }

  /** An empty key forgets it. */
  async set(address: string, key: string): Promise<void> {
    const { [address]: _, ...others } = this.#keys;
    const trimmed = key.trim();
    this.#keys = trimmed === '' ? others : { ...others, [address]: trimmed };
    this.#onChange();
    await this.#save();
  }

  /** Keeps the keys over visits, sealed with the passphrase. Replaces what was kept. */
  async keep(passphrase: string): Promise<void> {
    if (passphrase.length < shortestPassphrase)
      throw new RangeError(`at least ${shortestPassphrase} characters`);
    this.#lock = await newLock(passphrase);
    this.#keeping = 'kept';
    await this.#save();
    this.#onChange();
  }

  /** @throws KeyError */
  async unlock(passphrase: string): Promise<void> {
    const sealed = await this.#disk.read();
    if (sealed === undefined) throw new KeyError('damaged');
    const { keys, lock } = await open(sealed, passphrase);
    // What was entered meanwhile is newer.
    this.#keys = { ...keys, ...this.#keys };
    this.#lock = lock;
    this.#keeping = 'kept';
    await this.#save();
    this.#onChange();
  }

  /** Forgets every key, here and on disk. */
  async forgetAll(): Promise<void> {
    this.#keys = {};
    this.#lock = undefined;
    this.#keeping = 'memory';
    this.#onChange();
    await this.#queue(() => this.#disk.remove());
  }

  async #save(): Promise<void> {
    await this.#queue(async () => {
      if (this.#lock !== undefined) await this.#disk.write(await seal(this.#keys, this.#lock));
    });
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const next = this.#writing.then(work);
    this.#writing = next.catch(() => undefined);
    return next;
  }
}
