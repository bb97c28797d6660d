import type { Finding } from './finding.ts';

/** What a decoder may answer: a value, a wait for more bytes, or a refusal that says why. Never an exception. */
export type Decoded<T> =
  | { readonly kind: 'value'; readonly value: T; readonly used: number }
  | { readonly kind: 'need'; readonly total: number }
  | { readonly kind: 'refused'; readonly why: Finding };
