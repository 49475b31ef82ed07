import { browserSurroundings } from '../../generate/client/browser-surroundings.ts';
import { AddressError, baseAddress, placeOf } from '../../generate/client/address.ts';
import { createModelClient, type ClientOptions } from '../../generate/client/client.ts';
import {
  listModels,
  testConnection,
  type ConnectionTest,
  type ModelInfo,
} from '../../generate/client/models.ts';
import {
  presetOf,
  type Api,
  type Connection,
  type Preset,
  type PresetId,
} from '../../generate/client/presets.ts';
import { listedPrices } from '../../generate/client/price-list.ts';
import { priceFor, type Price } from '../../generate/client/prices.ts';
import { ModelError, type ModelClient, type Parameters } from '../../generate/client/types.ts';
import { browserKeyDisk } from '../../generate/keys/key-disk.ts';
import { KeyRing } from '../../generate/keys/key-ring.ts';
import { modelsText } from '../english/models.ts';
import type { Task } from '../../domain/task.ts';
import {
  renderTemplate,
  renderVariant,
  type PromptVariant,
  type RenderedPrompt,
} from '../../generate/prompts/variant.ts';
import type { GenerationRun } from './generation.svelte.ts';
import { ownPrice, plainPrice, type OwnPrices } from './own-prices.ts';
import { readSettings, writeSettings, type KeptSettings } from './kept-settings.ts';

/** Where a price comes from. */
export type PriceOrigin =
  { readonly kind: 'own' | 'provider' } | { readonly kind: 'listed'; readonly asOf: string };

/** Whom to ask, with which key, parameters and prices. One for the whole page. */
export class Models {
  readonly surroundings = browserSurroundings();
  /** The generation that was begun last; it goes on when another part of the page is looked at. */
  generation = $state.raw<GenerationRun | undefined>();
  /** The edited prompt that is sent; undefined for that of the task. */
  variant = $state.raw<PromptVariant | undefined>();
  /** Task id of the reference that is shown as an example, or `draft`; empty for none. */
  example = $state('');
  #kept = $state.raw<KeptSettings>(readSettings());
  #typed = $state('');
  #keys = $state.raw({ version: 0 });
  readonly #ring = new KeyRing(browserKeyDisk(), () => (this.#keys = { version: this.#keys.version + 1 }));
  /** The other tabs of this page: each knows its keys by itself, and all have to forget them. */
  readonly #tabs = new BroadcastChannel('decay-keys');
  /** What providers offer, by address. */
  #lists = $state.raw<Readonly<Record<string, readonly ModelInfo[]>>>({});
  #listing = $state(false);
  #listError = $state.raw<ModelError | undefined>();
  #test = $state.raw<ConnectionTest | undefined>();
  #testing = $state.raw<AbortController | undefined>();

  constructor() {
    this.#typed = this.#kept.address === '' ? this.preset.address : this.#kept.address;
    void this.#ring.load().catch(() => undefined);
    this.#tabs.onmessage = () => void this.#ring.forgetAll().catch(() => undefined);
  }

  get preset(): Preset {
    return presetOf(this.#kept.preset);
  }
  /** The address as it stands in its field. */
  get typedAddress(): string {
    return this.#typed;
  }
  set typedAddress(text: string) {
    this.#typed = text;
    this.#changed();
    // What is no address yet may hold a key: https://name:key@host, ?key=.
    this.#keep({ address: this.address === undefined ? '' : text });
  }
  /** The address as it is asked; undefined when what was typed is none. */
  get address(): string | undefined {
    try {
      return baseAddress(this.#typed);
    } catch {
      return undefined;
    }
  }
  get addressFault(): string | undefined {
    if (this.#typed.trim() === '') return undefined;
    try {
      baseAddress(this.#typed);
      return undefined;
    } catch (error) {
      return error instanceof AddressError ? error.message : String(error);
    }
  }
  /** True when what is sent could be read on its way. */
  get unencrypted(): boolean {
    const { address } = this;
    return address !== undefined && address.startsWith('http:') && placeOf(address) !== 'loopback';
  }
  get model(): string {
    return this.#kept.models[this.#kept.preset] ?? '';
  }
  set model(id: string) {
    this.#changed();
    this.#keep({ models: { ...this.#kept.models, [this.#kept.preset]: id.trim() } });
  }
  get api(): Api {
    return this.preset.apis.includes(this.#kept.api) ? this.#kept.api : 'chat';
  }
  set api(api: Api) {
    this.#changed();
    this.#keep({ api });
  }

  choosePreset(id: PresetId): void {
    this.#typed = presetOf(id).address;
    this.#changed();
    this.#keep({ preset: id, address: this.#typed });
  }

  /** Undefined without an address. */
  get connection(): Connection | undefined {
    const { address } = this;
    return address === undefined
      ? undefined
      : { preset: this.#kept.preset, address, model: this.model, api: this.api };
  }

  /** Why no model can be asked, in words; undefined when one can. */
  get blocked(): string | undefined {
    const text = modelsText.asking;
    if (this.address === undefined) return text.badAddress;
    if (this.model === '') return text.noModel;
    if (this.preset.key === 'needed' && this.key === '')
      return this.keys.keeping === 'locked' ? text.locked : text.noKey(this.preset.name);
    return undefined;
  }

  /** The keys; reading them follows their changes. */
  get keys(): KeyRing {
    void this.#keys.version;
    return this.#ring;
  }
  /** The key of the address. */
  get key(): string {
    const { address } = this;
    return address === undefined ? '' : (this.keys.get(address) ?? '');
  }
  setKey(key: string): void {
    const { address } = this;
    this.#changed();
    if (address !== undefined) void this.#ring.set(address, key).catch(() => undefined);
  }

  /** Forgets every key, in this tab, in the others and on disk. @throws DOMException when the disk does not let go */
  async forgetKeys(): Promise<void> {
    this.#changed();
    this.#tabs.postMessage('forget');
    await this.#ring.forgetAll();
  }

  get parameters(): Parameters {
    const { temperature, topP, seed, reasoningEffort, maxTokens } = this.#kept.parameters;
    return {
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(seed !== undefined && { seed }),
      ...(reasoningEffort !== undefined && { reasoningEffort }),
      ...(maxTokens !== undefined && { maxTokens }),
    };
  }
  /** @param value - undefined for the provider's own */
  setParameter<Name extends keyof Parameters>(name: Name, value: Parameters[Name] | undefined): void {
    const { [name]: _, ...others } = this.#kept.parameters;
    this.#keep({ parameters: value === undefined ? others : { ...others, [name]: value } });
  }

  /** The prompt for a task, as it would be sent. @throws TemplateError for an edited one that cannot be filled */
  promptFor(task: Task): RenderedPrompt {
    return this.variant === undefined ? renderTemplate(task) : renderVariant(task, this.variant);
  }

  get scaffold(): string {
    return this.#kept.scaffold;
  }
  set scaffold(id: string) {
    this.#keep({ scaffold: id });
  }
  optionsOf(scaffold: string): Readonly<Record<string, string | number | boolean>> {
    return this.#kept.options[scaffold] ?? {};
  }
  setOption(scaffold: string, id: string, value: string | number | boolean): void {
    const options = { ...this.optionsOf(scaffold), [id]: value };
    this.#keep({ options: { ...this.#kept.options, [scaffold]: options } });
  }

  get budget(): number | undefined {
    return this.#kept.budget;
  }
  set budget(dollars: number | undefined) {
    const { budget: _, ...others } = this.#kept;
    this.#kept = dollars === undefined ? others : { ...others, budget: dollars };
    writeSettings(this.#kept);
  }

  /** The price of a model of a connection, the chosen one without: entered here, else of the provider's list, else of ours. */
  priceOf(
    connection: Pick<Connection, 'preset' | 'address' | 'model'> | undefined = this.connection,
  ): (Price & { readonly origin: PriceOrigin }) | undefined {
    const model = connection?.model ?? this.model;
    const own = ownPrice(this.#kept.prices, model);
    if (own !== undefined) return { ...own, origin: { kind: 'own' } };
    const listing = connection === undefined ? undefined : this.#lists[connection.address];
    const told = listing?.find(({ id }) => id === model)?.price;
    if (told !== undefined) return { ...told, origin: { kind: 'provider' } };
    const line = priceFor(listedPrices, model);
    const listed = listedPrices.find((one) => one === line);
    if (listed === undefined || presetOf(connection?.preset ?? this.#kept.preset).local) return undefined;
    return { ...listed, origin: { kind: 'listed', asOf: listed.asOf } };
  }
  /** Prices that were entered here, by model. */
  get ownPrices(): OwnPrices {
    return this.#kept.prices;
  }
  setPrices(prices: OwnPrices): void {
    this.#keep({ prices: Object.fromEntries(Object.entries(prices)) });
  }
  /** @param price - undefined for the listed one */
  setPrice(price: Price | undefined, model: string = this.model): void {
    const { [model]: _, ...others } = this.#kept.prices;
    this.#keep({ prices: price === undefined ? others : { ...others, [model]: plainPrice(price) } });
  }

  /** What the provider offers, once it was asked. */
  get models(): readonly ModelInfo[] {
    return (this.address === undefined ? undefined : this.#lists[this.address]) ?? [];
  }
  get listing(): boolean {
    return this.#listing;
  }
  get listError(): ModelError | undefined {
    return this.#listError;
  }
  async loadModels(): Promise<void> {
    const { connection } = this;
    if (connection === undefined || this.#listing) return;
    this.#listing = true;
    this.#listError = undefined;
    try {
      const models = await listModels(connection, this.options(connection));
      this.#lists = { ...this.#lists, [connection.address]: models };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.#listError = error;
    } finally {
      this.#listing = false;
    }
  }

  get tested(): ConnectionTest | undefined {
    return this.#test;
  }
  get testing(): boolean {
    return this.#testing !== undefined;
  }
  async test(): Promise<void> {
    const { connection } = this;
    if (connection === undefined) return;
    this.#testing?.abort();
    const stop = new AbortController();
    this.#testing = stop;
    this.#test = undefined;
    try {
      const result = await testConnection(connection, this.options(connection), stop.signal);
      if (this.#testing !== stop) return;
      this.#test = result;
      if (result.models !== undefined) this.#lists = { ...this.#lists, [connection.address]: result.models };
    } finally {
      if (this.#testing === stop) this.#testing = undefined;
    }
  }
  stopTest(): void {
    this.#testing?.abort();
    this.#testing = undefined;
  }

  /** How a connection is asked: with its own key, in this page. */
  options(connection: Connection): ClientOptions {
    return {
      key: () => this.#ring.get(connection.address),
      price: () => this.priceOf(connection),
      surroundings: this.surroundings,
    };
  }

  /** A client of a connection; of the chosen one without. @throws Error when `blocked` */
  client(connection: Connection | undefined = this.connection): ModelClient {
    if (connection === undefined) throw new Error(modelsText.asking.badAddress);
    return createModelClient(connection, this.options(connection));
  }

  /** What was found out of another connection says nothing about this one. */
  #changed(): void {
    this.stopTest();
    this.#test = undefined;
    this.#listError = undefined;
  }

  #keep(change: Partial<KeptSettings>): void {
    this.#kept = { ...this.#kept, ...change };
    writeSettings(this.#kept);
  }
}

let one: Models | undefined;

/** The one of this page load: the sources come and go with the set-up, keys in memory stay. */
export const models = (): Models => (one ??= new Models());
