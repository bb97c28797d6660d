import type {
  Comparison,
  ExtractRequest,
  FindQuery,
  JobProgress,
  ListName,
  Progress,
  SaveRequest,
  Scope,
  View,
} from '../model/contract.ts';

/** A call that is answered, under the number it came with. */
export type Call =
  | { readonly call: 'progress' }
  | {
      readonly call: 'rows';
      readonly list: ListName;
      readonly view: View;
      readonly start: number;
      readonly count: number;
    }
  | { readonly call: 'kinds'; readonly scope: Scope }
  | { readonly call: 'position'; readonly list: ListName; readonly view: View; readonly number: number }
  | { readonly call: 'session'; readonly number: number }
  | { readonly call: 'message'; readonly number: number }
  | { readonly call: 'messageBytes'; readonly number: number }
  | { readonly call: 'ladder'; readonly session: number; readonly start: number; readonly count: number }
  | { readonly call: 'stream'; readonly number: number }
  | { readonly call: 'find'; readonly query: FindQuery }
  | { readonly call: 'completions'; readonly filter: string; readonly column: number }
  | { readonly call: 'checkFilter'; readonly filter: string }
  | { readonly call: 'compare'; readonly pair: Comparison }
  | { readonly call: 'save'; readonly request: SaveRequest }
  | { readonly call: 'extract'; readonly request: ExtractRequest }
  | { readonly call: 'close' };

/** A word that nobody answers. */
export type Order =
  | { readonly order: 'cancelLoading' }
  | { readonly order: 'cancelJob' }
  | { readonly order: 'pause'; readonly paused: boolean }
  | { readonly order: 'clear' };

/** From the screen's thread to the model's. */
export type ToWorker = { readonly id: number; readonly ask: Call } | Order;

/** From the model's thread to the screen's. */
export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'change'; readonly progress: Progress }
  | { readonly kind: 'job'; readonly progress: JobProgress }
  | { readonly kind: 'broken'; readonly message: string };
