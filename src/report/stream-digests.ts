import { createHash, type Hash } from 'node:crypto';
import type { Flow, StreamConsumer } from '../reassembly/flow.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';

const EMPTY = createHash('sha256').digest('hex');

class Digest implements StreamConsumer {
  readonly hash: Hash = createHash('sha256');

  data(bytes: Uint8Array, start: number, end: number): void {
    this.hash.update(bytes.subarray(start, end));
  }

  gap(): void {
    // Gaps are closed up: the digest is over what was captured.
  }

  end(): void {
    // Taken when the flow ends.
  }
}

/** SHA-256 over the bytes of each direction of each open flow, in order, gaps closed up. */
export class StreamDigests {
  readonly #open = new Map<StreamDirection, Digest>();

  open(stream: StreamDirection): StreamConsumer {
    const digest = new Digest();
    this.#open.set(stream, digest);
    return digest;
  }

  /** The digests of side 0 and side 1 of a flow that has ended. */
  take(flow: Flow): readonly [string, string] {
    return [this.#take(flow.streams[0]), this.#take(flow.streams[1])];
  }

  #take(stream: StreamDirection): string {
    const digest = this.#open.get(stream);
    this.#open.delete(stream);
    return digest === undefined ? EMPTY : digest.hash.digest('hex');
  }
}
