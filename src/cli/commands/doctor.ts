import { freemem } from 'node:os';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { DVRIP_PORTS } from '../../analysis/analysis.ts';
import { DEFAULT_CAPTURE } from '../../capture/live/engine.ts';
import type { ChildEngine } from '../../capture/live/engine-commands.ts';
import { MirrorPort } from '../../capture/live/mirror-port.ts';
import { startLive } from '../../capture/live/start-live.ts';
import { readCaptures } from '../../capture/read-captures.ts';
import { safeJson, safeLine } from '../../report/format/safe-text.ts';
import type { Check, DoctorRecord } from '../../report/records/host-records.ts';
import { doctorText } from '../../report/text/host-text.ts';
import { outputStyle } from '../colour.ts';
import { loadLimits, type RunLimits } from '../config/run-limits.ts';
import { engineChecks, tryInterface } from '../doctor/engine-checks.ts';
import { hostChecks } from '../doctor/host-checks.ts';
import { interfaceChecks } from '../doctor/interface-checks.ts';
import { systemFamily } from '../doctor/packages.ts';
import { trafficChecks } from '../doctor/traffic-checks.ts';
import { ENGINE_PLACES } from '../engine-places.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import { Signals } from '../signals.ts';
import { writeLines } from '../write-lines.ts';

/** What commander parses for it. */
export interface DoctorOptions {
  readonly interface?: string;
  readonly decodeAs?: readonly number[];
  readonly seconds: number;
  readonly json?: boolean;
  readonly color: boolean;
}

/** Looks at what live capture needs, and at the traffic of an interface or a file for the faults of mirror ports. */
export async function doctor(file: string | undefined, options: DoctorOptions): Promise<void> {
  const name = options.interface;
  if (name !== undefined && file !== undefined)
    throw usageError('doctor looks at a file or an interface, not both');
  const record = file !== undefined ? await lookAtFile(file, options) : await lookAtHost(name, options);
  await writeLines(options.json === true ? [safeJson(record)] : doctorText(record, outputStyle(options)));
}

async function lookAtFile(file: string, options: DoctorOptions): Promise<DoctorRecord> {
  const limits = await loadLimits();
  const port = mirrorPort(options, limits);
  const stop = new AbortController();
  const signals = new Signals(() => stop.abort());
  const [read] = await readCaptures(
    [file],
    { packet: (packet) => port.packet(packet), drained: () => undefined },
    { signal: stop.signal, limits: limits.capture },
  );
  signals.release();
  if (read?.error !== undefined && read.packets === 0) {
    throw new Failure(EXIT.input, safeLine(read.error.message));
  }
  return { schema: 'dvrscope.doctor/1', file, checks: [...trafficChecks(port.facts())] };
}

async function lookAtHost(name: string | undefined, options: DoctorOptions): Promise<DoctorRecord> {
  const { env, version, stdout } = process;
  const family = systemFamily();
  const checks: Check[] = [
    ...hostChecks({
      version,
      environment: env,
      uid: process.getuid?.(),
      terminal: stdout.isTTY === true,
      freeBytes: freemem(),
    }),
  ];
  const engines = await engineChecks(name ?? tryInterface(), family, env.PATH ?? '');
  checks.push(...engines.checks);
  if (name !== undefined) {
    checks.push(...(await interfaceChecks(name, family)));
    if (engines.engine !== undefined) checks.push(...(await lookAtTraffic(name, engines.engine, options)));
  }
  return {
    schema: 'dvrscope.doctor/1',
    ...(name !== undefined && { interface: name }),
    ...(engines.engine !== undefined && { engine: engines.engine }),
    checks,
  };
}

/** Captures everything for some seconds; needs no filter, since what else there is tells of the port too. */
async function lookAtTraffic(
  name: string,
  engine: ChildEngine,
  options: DoctorOptions,
): Promise<readonly Check[]> {
  const limits = await loadLimits();
  const port = mirrorPort(options, limits);
  const { live, capture: believed } = limits;
  const wishes = {
    ...DEFAULT_CAPTURE,
    interfaces: [name],
    filter: '',
    ports: [],
    limits: { live, capture: believed },
  };
  const capture = startLive(engine, wishes, ENGINE_PLACES, {
    packet: (packet: Packet) => port.packet(packet),
    drained: () => undefined,
    event: (event) => {
      // The seconds count from when packets are captured.
      if (event.kind === 'started') enough.refresh();
    },
  });
  const enough = setTimeout(() => capture.stop(), options.seconds * 1000);
  const signals = new Signals(() => capture.stop());
  const { problems } = await capture.ended;
  clearTimeout(enough);
  signals.release();
  const failed = problems.map(
    ({ message }): Check => ({ check: 'mirror/capture', status: 'error', text: message }),
  );
  return failed.length > 0 ? failed : trafficChecks(port.facts());
}

function mirrorPort(options: DoctorOptions, { packets }: RunLimits): MirrorPort {
  return new MirrorPort(packets, [...DVRIP_PORTS, ...(options.decodeAs ?? [])]);
}
