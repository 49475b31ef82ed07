/** zlib's own interface inside pako 2, which ships no types. */

declare module 'pako/lib/zlib/zstream.js' {
  export interface ZStream {
    input: Uint8Array | null;
    next_in: number;
    avail_in: number;
    output: Uint8Array | null;
    next_out: number;
    avail_out: number;
    msg: string;
    /** The running deflate; pako leaves out deflateParams, which sets these. */
    state: {
      level: number;
      strategy: number;
      good_match: number;
      max_lazy_match: number;
      nice_match: number;
      max_chain_length: number;
    } | null;
  }
  const constructor: new () => ZStream;
  export default constructor;
}

declare module 'pako/lib/zlib/deflate.js' {
  import type { ZStream } from 'pako/lib/zlib/zstream.js';
  interface Deflate {
    deflateInit2(
      s: ZStream,
      level: number,
      method: number,
      bits: number,
      memory: number,
      strategy: number,
    ): number;
    deflate(stream: ZStream, flush: number): number;
    deflateReset(stream: ZStream): number;
    deflateSetDictionary(stream: ZStream, dictionary: Uint8Array): number;
    deflateEnd(stream: ZStream): number;
  }
  const functions: Deflate;
  export default functions;
}

declare module 'pako/lib/zlib/inflate.js' {
  import type { ZStream } from 'pako/lib/zlib/zstream.js';
  interface Inflate {
    inflateInit2(stream: ZStream, bits: number): number;
    inflate(stream: ZStream, flush: number): number;
    inflateReset(stream: ZStream): number;
    inflateSetDictionary(stream: ZStream, dictionary: Uint8Array): number;
    inflateEnd(stream: ZStream): number;
  }
  const functions: Inflate;
  export default functions;
}

declare module 'pako/lib/zlib/crc32.js' {
  const crc32: (crc: number, data: Uint8Array, length: number, position: number) => number;
  export default crc32;
}
