/** Bytes that the largest code holds at the lowest correction (ISO/IEC 18004, version 40-L). */
export const qrBytes = 2_953;
/** From this length on, a code has so many modules that a camera has to come close. */
export const denseBytes = 700;

export interface QrCode {
  /** Modules on a side, with the quiet zone of four on each. */
  readonly size: number;
  /** Outline of the dark modules, for the `d` of a path; the quiet zone is at negative coordinates. */
  readonly path: string;
}

/** Modules left free around a code. */
export const quietZone = 4;

/**
 * The QR code of an address; undefined when it is too long for one. The library is loaded when it is first asked for.
 * @param address - ASCII
 */
export async function qrCode(address: string): Promise<QrCode | undefined> {
  if (address.length > qrBytes) return undefined;
  const [{ correction, generate, mode }, { toSvgPath }] = await Promise.all([
    import('lean-qr'),
    import('lean-qr/extras/svg'),
  ]);
  // The format's own address would need more bits in any other mode: base64url has small letters.
  const code = generate(mode.ascii(address), { minCorrectionLevel: correction.L });
  return { size: code.size + 2 * quietZone, path: toSvgPath(code) };
}
