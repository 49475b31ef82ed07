import type { RunRecord } from '../../domain/run.ts';
import type { LinkFault, MadeLink } from '../../share/links/index.ts';
import { linkTo, pageAddress } from './link-to.ts';
import { qrCode, type QrCode } from './qr.ts';

/** A link being made, and its QR code. */
export class ShareState {
  #made = $state.raw<MadeLink | undefined>();
  #qr = $state.raw<QrCode | undefined>();

  constructor(
    readonly records: readonly RunRecord[],
    /** The assertion of the first run that the link is about. */
    readonly assertion: string | undefined,
  ) {}

  /** True until the link is there, or the reason why there is none. */
  get making(): boolean {
    return this.#made === undefined;
  }
  get made(): Extract<MadeLink, { ok: true }> | undefined {
    return this.#made?.ok === true ? this.#made : undefined;
  }
  get fault(): LinkFault | undefined {
    return this.#made?.ok === false ? this.#made.fault : undefined;
  }
  /** The whole address; undefined without a link. */
  get address(): string | undefined {
    return this.made === undefined ? undefined : pageAddress() + this.made.fragment;
  }
  /** Undefined until it is made, and when the address is too long for one. */
  get qr(): QrCode | undefined {
    return this.#qr;
  }

  async make(): Promise<void> {
    this.#made = await linkTo(this.records, this.assertion);
    if (this.address !== undefined) this.#qr = await qrCode(this.address);
  }
}
