import { PROTOCOL_TCP } from '../reassembly/flow.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import type { Session } from '../session/session.ts';
import type { Doubt } from './rule.ts';
import type { SteadyRun } from './steady-run.ts';

/** What all rules remember of one flow, session or device, or of the capture: made when a rule first looks there. */
export abstract class RuleScope {
  /** By the rule's place in the list. */
  readonly states: unknown[] = [];
  /** Nothing more will come. */
  ending = false;
  /** The capture ended before the connection did. */
  cutShort = false;
  /** {@link Drops.count} when it began. */
  readonly dropsBefore: number;

  constructor(dropsBefore: number) {
    this.dropsBefore = dropsBefore;
  }

  /** Holes so far. */
  abstract get losses(): number;

  /** Why something that did not come may have been there all the same. */
  doubt(since: number): Doubt | undefined {
    if (this.losses > since) return 'gap';
    return this.ending && this.cutShort ? 'ended' : undefined;
  }
}

export class FlowScope extends RuleScope {
  readonly dvrip: DvripFlow;
  /** Sessions that it carries messages of. */
  readonly sessions = new Set<SessionScope>();
  /** The one among them of the latest message. */
  latest: SessionScope | undefined = undefined;
  /** Control messages so far. */
  controls = 0;
  /** The media of each side that is like the media before it. */
  readonly steady: [SteadyRun | undefined, SteadyRun | undefined] = [undefined, undefined];
  device: DeviceScope | undefined = undefined;
  deviceSide: 0 | 1 | -1 = -1;
  /** Of its {@link losses}, those that its device has been told. */
  counted = 0;

  /** What the rules knew of it was let go, and it goes on. */
  readonly resumed: boolean;

  constructor(dvrip: DvripFlow, resumed: boolean, drops: number) {
    // Of datagrams nobody knows when they began.
    super(dvrip.flow.protocol === PROTOCOL_TCP ? drops : 0);
    this.dvrip = dvrip;
    this.resumed = resumed;
  }

  get losses(): number {
    return this.dvrip.losses;
  }

  override doubt(since: number): Doubt | undefined {
    if (this.resumed) return 'evicted';
    return doubtNow(this.dvrip) ?? super.doubt(since);
  }
}

export class SessionScope extends RuleScope {
  readonly session: Session;
  readonly open = new Set<FlowScope>();
  /** Control messages so far. */
  controls = 0;
  /** Sockets of it had all ended before, and what the rules knew of it was let go. */
  readonly resumed: boolean;
  /** Capture time at which the last of its sockets was closed; Infinity where one was not. */
  endedAt = Number.NEGATIVE_INFINITY;
  #lossesBefore = 0;
  #doubt: Doubt | undefined = undefined;

  constructor(session: Session, resumed: boolean, drops: number) {
    super(drops);
    this.session = session;
    this.resumed = resumed;
  }

  get losses(): number {
    let losses = this.#lossesBefore;
    for (const flow of this.open) losses += flow.losses;
    return losses;
  }

  enter(flow: FlowScope): void {
    this.open.add(flow);
    flow.sessions.add(this);
  }

  /** `ended`: when the flow was closed; Infinity where it was not. */
  leave(flow: FlowScope, ended: number): void {
    if (!this.open.delete(flow)) return;
    this.endedAt = Math.max(this.endedAt, ended);
    this.#lossesBefore += flow.losses;
    this.#doubt ??= connectionDoubt(flow.dvrip);
    if (flow.cutShort) this.cutShort = true;
  }

  /** What was known of the flow is let go, though it may go on. */
  forget(flow: FlowScope): void {
    this.leave(flow, Number.POSITIVE_INFINITY);
    this.#doubt ??= 'evicted';
  }

  override doubt(since: number): Doubt | undefined {
    if (this.session.loginFlow === 0) return 'began-before';
    if (this.resumed) return 'evicted';
    let doubt = this.#doubt;
    for (const flow of this.open) doubt ??= doubtNow(flow.dvrip) ?? doubtOfDevice(flow);
    return doubt ?? super.doubt(since);
  }
}

/** What hides behind a hole may belong to any session of the device. */
function doubtOfDevice({ device }: FlowScope): Doubt | undefined {
  for (const { dvrip } of device?.open ?? [])
    if (dvrip.hasOpenHole && dvrip.sessions.size === 0) return 'gap';
  return undefined;
}

/** One device, or the whole capture. */
export class DeviceScope extends RuleScope {
  losses = 0;
  /** Its flows that have not ended; of the capture as a whole, none are listed. */
  readonly open = new Set<FlowScope>();

  /** It was there before it was first heard of. */
  constructor() {
    super(0);
  }

  override doubt(since: number): Doubt | undefined {
    for (const flow of this.open) if (flow.losses > flow.counted || flow.dvrip.hasOpenHole) return 'gap';
    return super.doubt(since);
  }
}

/** What a connection itself leaves in doubt. Datagrams have no beginning, and no two directions that depend on each other. */
function connectionDoubt({ flow }: DvripFlow): Doubt | undefined {
  if (flow.protocol !== PROTOCOL_TCP) return undefined;
  const [a, b] = flow.streams;
  if (!a.started || !b.started) return 'one-direction';
  return a.synSeen && b.synSeen ? undefined : 'began-before';
}

/** The same at this moment. */
function doubtNow(dvrip: DvripFlow): Doubt | undefined {
  return connectionDoubt(dvrip) ?? (dvrip.hasOpenHole ? 'gap' : undefined);
}

/** Nothing that was sent on it so far is missing. */
export function isWhole(dvrip: DvripFlow): boolean {
  return doubtNow(dvrip) === undefined && dvrip.losses === 0;
}
