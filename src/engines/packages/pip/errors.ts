/** A failure of the submission, in pip's own words (without `ERROR: `); `forUv` says the same as uv does. */
export class PipError extends Error {
  override readonly name = 'PipError';
  constructor(
    readonly lines: readonly string[],
    readonly forUv: readonly string[] = lines,
  ) {
    super(lines.join('\n'));
  }
}
