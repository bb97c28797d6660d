import { Oldest } from '../../dissectors/core/oldest.ts';
import type { Side } from '../reassembly/flow.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import type { Session } from '../session/session.ts';
import { addressKey } from '../session/session-table.ts';
import type { Drops } from './drops.ts';
import { DeviceScope, FlowScope, SessionScope } from './scope.ts';

export interface ScopeLimits {
  /** Flows, sessions and devices that rules remember at once; the oldest beyond are let go. */
  readonly ruleFlows: number;
  readonly ruleSessions: number;
  readonly ruleDevices: number;
}

/** What rules remember, of which flow, session and device: a bounded number of each. */
export class Scopes {
  readonly flows = new Map<number, FlowScope>();
  readonly sessions = new Map<number, SessionScope>();
  readonly devices = new Map<string, DeviceScope>();
  readonly capture = new DeviceScope();
  /** Let go before their time, because a limit was reached. */
  evicted = 0;
  readonly #oldestFlow = new Oldest(() => this.flows.values());
  readonly #oldestSession = new Oldest(() => this.sessions.values());
  readonly #oldestDevice = new Oldest(() => this.devices.keys());
  readonly #limits: ScopeLimits;
  readonly #drops: Drops;
  /** The highest number of a session whose scope was opened: a lower one that comes again is resumed. */
  #highestSession = 0;
  #lastFlow: FlowScope | undefined = undefined;

  constructor(limits: ScopeLimits, drops: Drops) {
    this.#limits = limits;
    this.#drops = drops;
  }

  ofFlow(dvrip: DvripFlow): FlowScope {
    if (this.#lastFlow?.dvrip === dvrip) return this.#lastFlow;
    let scope = this.flows.get(dvrip.flow.number);
    if (scope === undefined) {
      if (this.flows.size >= this.#limits.ruleFlows) this.#letGoFlow();
      // The message at hand is counted already.
      const resumed = this.evicted > 0 && dvrip.controlMessages + dvrip.mediaMessages > 1;
      scope = new FlowScope(dvrip, resumed, this.#drops.count);
      this.flows.set(dvrip.flow.number, scope);
    }
    this.#lastFlow = scope;
    return scope;
  }

  ofSession(session: Session, flow: FlowScope): SessionScope {
    const { latest } = flow;
    if (latest?.session === session && !latest.ending) return latest;
    let scope = this.sessions.get(session.number);
    if (scope === undefined) {
      if (this.sessions.size >= this.#limits.ruleSessions) this.#letGoSession();
      const resumed = session.number <= this.#highestSession && session.loginFlow !== 0;
      scope = new SessionScope(session, resumed, this.#drops.count);
      this.#highestSession = Math.max(this.#highestSession, session.number);
      this.sessions.set(session.number, scope);
    }
    scope.enter(flow);
    flow.latest = scope;
    return scope;
  }

  ofDevice(flow: FlowScope): DeviceScope {
    const { dvrip } = flow;
    const side = deviceSide(dvrip);
    if (flow.device === undefined || flow.deviceSide !== side) {
      flow.deviceSide = side;
      const key = addressKey(dvrip.flow.address(side));
      let device = this.devices.get(key);
      if (device === undefined) {
        if (this.devices.size >= this.#limits.ruleDevices) this.#letGoDevice();
        device = new DeviceScope();
        this.devices.set(key, device);
      }
      flow.device?.open.delete(flow);
      flow.device = device;
      device.open.add(flow);
    }
    this.tellDevice(flow);
    return flow.device;
  }

  /** Address of the device of a flow or a session, by their numbers; undefined where both are over. */
  deviceOf(flow: number, session: number): Uint8Array | undefined {
    const dvrip = this.flows.get(flow)?.dvrip;
    return dvrip === undefined ? this.sessions.get(session)?.session.device.address : deviceAddress(dvrip);
  }

  /** Tells the device, and the capture, of the holes that were found in the flow. */
  tellDevice(flow: FlowScope): void {
    const { losses } = flow;
    if (losses === flow.counted) return;
    this.capture.losses += losses - flow.counted;
    if (flow.device !== undefined) flow.device.losses += losses - flow.counted;
    flow.counted = losses;
  }

  /** The flow has ended. */
  closeFlow(scope: FlowScope): void {
    scope.device?.open.delete(scope);
    this.flows.delete(scope.dvrip.flow.number);
    if (this.#lastFlow === scope) this.#lastFlow = undefined;
  }

  /** The limits have become lower. */
  trim(): void {
    while (this.flows.size > this.#limits.ruleFlows) this.#letGoFlow();
    while (this.sessions.size > this.#limits.ruleSessions) this.#letGoSession();
    while (this.devices.size > this.#limits.ruleDevices) this.#letGoDevice();
  }

  /** A socket that logs in again and again, for weeks, must not keep what is let go. */
  #letGoFlow(): void {
    const oldest = this.#oldestFlow.take();
    if (oldest === undefined) return;
    this.tellDevice(oldest);
    oldest.ending = true;
    this.closeFlow(oldest);
    for (const session of oldest.sessions) {
      session.forget(oldest);
      if (session.open.size > 0) continue;
      session.ending = true;
      this.sessions.delete(session.session.number);
    }
    this.evicted += 1;
  }

  #letGoSession(): void {
    const oldest = this.#oldestSession.take();
    if (oldest === undefined) return;
    oldest.ending = true;
    for (const flow of oldest.open) flow.sessions.delete(oldest);
    this.sessions.delete(oldest.session.number);
    this.evicted += 1;
  }

  #letGoDevice(): void {
    const oldest = this.#oldestDevice.take();
    if (oldest === undefined) return;
    this.devices.delete(oldest);
    this.evicted += 1;
  }
}

/** Who is the device, as far as is known. */
function deviceSide(dvrip: DvripFlow): Side {
  return dvrip.deviceSide === -1 ? dvrip.flow.server : dvrip.deviceSide;
}

export function deviceAddress(dvrip: DvripFlow): Uint8Array {
  return dvrip.flow.address(deviceSide(dvrip));
}
