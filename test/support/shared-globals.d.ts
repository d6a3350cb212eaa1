/**
 * What Node and every browser have beyond the language, and `scripts/shared/` may use. Only `tsconfig.shared.json`
 * includes it: there neither DOM nor Node types are in reach, so any other name of theirs does not compile.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
declare function btoa(bytes: string): string;
