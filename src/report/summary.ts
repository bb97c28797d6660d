import type { Code, Finding } from '../../dissectors/core/finding.ts';
import type { Packet } from '../../dissectors/core/packet.ts';
import type { Analysis, AnalysisListener } from '../analysis/analysis.ts';
import type { CaptureFile } from '../capture/read-captures.ts';
import type { Flow } from '../reassembly/flow.ts';
import { severityOf } from '../rules/catalogue.ts';
import type { DvripFlow } from '../session/dvrip-flow.ts';
import type { Message } from '../session/message.ts';
import { formatTime } from './format/time.ts';
import type { SummaryRecord } from './records/schemas.ts';

interface IdCount {
  readonly id: number;
  readonly name: string;
  count: number;
  invalid: number;
}

/** Adds up what an analysis tells, in memory that does not grow with the capture. */
export class SummaryCollector implements AnalysisListener {
  #dvripFlows = 0;
  #control = 0;
  #media = 0;
  #invalid = 0;
  readonly #byId = new Map<number, IdCount>();
  #lastId: IdCount | undefined = undefined;
  readonly #byRule = new Map<Code, number>();
  #firstSeconds = 0;
  #firstNanoseconds = 0;
  #lastSeconds = 0;
  #lastNanoseconds = 0;
  #timed = false;
  readonly #reassembly = {
    retransmittedBytes: 0,
    outOfOrderSegments: 0,
    conflictingBytes: 0,
    gaps: 0,
    gapBytes: 0,
  };

  packet(packet: Packet): void {
    this.#lastSeconds = packet.seconds;
    this.#lastNanoseconds = packet.nanoseconds;
    if (this.#timed) return;
    this.#timed = true;
    this.#firstSeconds = packet.seconds;
    this.#firstNanoseconds = packet.nanoseconds;
  }

  message(message: Message): void {
    const id = message.header.messageId;
    let entry = this.#lastId;
    if (entry === undefined || entry.id !== id) {
      entry = this.#byId.get(id);
      if (entry === undefined) {
        entry = { id, name: message.name, count: 0, invalid: 0 };
        this.#byId.set(id, entry);
      }
      this.#lastId = entry;
    }
    entry.count += 1;
    if (message.media) this.#media += 1;
    else this.#control += 1;
    if (!message.valid) {
      entry.invalid += 1;
      this.#invalid += 1;
    }
    for (const finding of message.findings) this.#found(finding);
  }

  streamFinding(_dvrip: DvripFlow, _side: 0 | 1, finding: Finding): void {
    this.#found(finding);
  }

  flowEnded(flow: Flow, dvrip: DvripFlow | undefined): void {
    if (dvrip?.recognised === true) this.#dvripFlows += 1;
    const sums = this.#reassembly;
    for (const stream of flow.streams) {
      sums.retransmittedBytes += stream.retransmittedBytes;
      sums.outOfOrderSegments += stream.outOfOrderSegments;
      sums.conflictingBytes += stream.conflictingBytes;
      sums.gaps += stream.gaps;
      sums.gapBytes += stream.gapBytes;
    }
  }

  /** The summary of an analysis that has ended. */
  record(analysis: Analysis, files: readonly CaptureFile[]): SummaryRecord {
    const firstTime = this.#timed ? formatTime(this.#firstSeconds, this.#firstNanoseconds) : undefined;
    const lastTime = this.#timed ? formatTime(this.#lastSeconds, this.#lastNanoseconds) : undefined;
    return {
      schema: 'dvrscope.summary/1',
      files: files.map(({ path, format, compression, bytes, packets, error }) => ({
        path,
        format,
        ...(compression !== undefined && { compression }),
        bytes,
        packets,
        ...(error !== undefined && { error }),
      })),
      packets: analysis.packets,
      bytes: analysis.bytes,
      ...(firstTime !== undefined && { firstTime }),
      ...(lastTime !== undefined && { lastTime }),
      undecodedPackets: analysis.decoder.counters.undecoded,
      quality: quality(analysis, files),
      flows: { tcp: analysis.tcpFlows, udp: analysis.udpFlows, dvrip: this.#dvripFlows },
      reassembly: { ...this.#reassembly, evictedFlows: analysis.flows.evicted },
      sessions: analysis.conversations.sessions.count,
      refusedLogins: analysis.conversations.sessions.refusedLogins,
      sessionStates: sessionStates(analysis),
      messages: {
        total: this.#control + this.#media,
        control: this.#control,
        media: this.#media,
        invalid: this.#invalid,
        byId: [...this.#byId.values()].sort((a, b) => a.id - b.id),
      },
      media: { ...analysis.conversations.media.totals },
      findings: this.#findings(),
    };
  }

  #found(finding: Finding): void {
    this.#byRule.set(finding.code, (this.#byRule.get(finding.code) ?? 0) + 1);
  }

  #findings(): SummaryRecord['findings'] {
    const sums = { error: 0, warning: 0, note: 0 };
    const byRule = [...this.#byRule]
      .map(([rule, count]) => ({ rule, severity: severityOf(rule), count }))
      .sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule));
    for (const { severity, count } of byRule) sums[severity] += count;
    return { ...sums, byRule };
  }
}

function quality(analysis: Analysis, files: readonly CaptureFile[]): SummaryRecord['quality'] {
  const { counters } = analysis.decoder;
  const kernelDropped = sumOf(files, 'kernelDropped');
  const interfaceDropped = sumOf(files, 'interfaceDropped');
  const droppedBetween = sumOf(files, 'droppedBetween');
  return {
    ...(kernelDropped !== undefined && { kernelDropped }),
    ...(interfaceDropped !== undefined && { interfaceDropped }),
    ...(droppedBetween !== undefined && { droppedBetween }),
    cutPackets: counters.snapCut,
    incompleteDatagrams: counters.incompleteDatagrams + counters.expiredDatagrams + counters.evictedDatagrams,
    limits: limitsReached(analysis),
  };
}

function sessionStates(analysis: Analysis): SummaryRecord['sessionStates'] {
  const counts = [...analysis.conversations.sessions.states()].filter(([state]) => state !== 'refused');
  return counts.map(([state, count]) => ({ state, count })).sort((a, b) => b.count - a.count);
}

function limitsReached(analysis: Analysis): SummaryRecord['quality']['limits'] {
  const reached = {
    flows: analysis.flows.evicted,
    ...analysis.reassembly.limitsReached,
    ...analysis.conversations.limitsReached,
    fragmentedDatagrams: analysis.decoder.counters.evictedDatagrams,
  };
  return Object.entries(reached)
    .filter(([, times]) => times > 0)
    .map(([limit, times]) => ({ limit, reached: times }));
}

/** The sum over all interfaces that tell; undefined where none does. */
function sumOf(
  files: readonly CaptureFile[],
  counter: 'kernelDropped' | 'interfaceDropped' | 'droppedBetween',
): number | undefined {
  let sum: number | undefined;
  for (const file of files) {
    for (const captureInterface of file.interfaces) {
      const value = captureInterface[counter];
      if (value !== undefined) sum = (sum ?? 0) + value;
    }
  }
  return sum;
}
