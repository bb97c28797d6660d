import type { Packet } from '../../../../dissectors/core/packet.ts';
import type { ExtractRequest, MessageBytes, Outcome, SaveWhat } from '../contract.ts';
import type { Job } from './job.ts';
import type { SaveSources } from './save.ts';
import type { Chosen } from './selection.ts';

/** How packets were handed on: with notes for whoever saves them, or not at all. */
export type PacketsRead =
  | { readonly notes: readonly string[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly message: string };

/** Where packets that have gone by are seen a second time: the capture files, or the ring of a live capture. */
export interface Again {
  /** Why the packets of this message of the index cannot be seen again, as far as is known; undefined where they can. */
  lost(message: number): Promise<string | undefined>;
  /** The first bytes of a message's body; undefined where there is no such message, or the job was cancelled. */
  bytes(job: Job, message: number): Promise<MessageBytes | undefined>;
  /** Hands the packets that are meant to `take`. */
  packets(
    sources: SaveSources,
    job: Job,
    what: SaveWhat,
    chosen: Chosen,
    take: (packet: Packet) => void,
  ): Promise<PacketsRead>;
  extract(job: Job, request: ExtractRequest): Promise<Outcome>;
  /** Files that must not be written over. */
  inputs(): readonly string[];
}
