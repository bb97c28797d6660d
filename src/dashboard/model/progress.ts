import type { CaptureFile } from '../../capture/read-captures.ts';
import type { Progress, Quality } from './contract.ts';
import type { Recorder } from './index/recorder.ts';
import type { Input } from './reading.ts';

/** Where the reading stands. */
export function progressOf(reading: Input, recorder: Recorder, version: number): Progress {
  const { analysis, state, bytesRead, bytesTotal, files, live } = reading;
  const { conversations } = analysis;
  const { origin, started } = recorder;
  return {
    version,
    state,
    ...(live !== undefined && { live }),
    bytesRead,
    ...(bytesTotal !== undefined && { bytesTotal }),
    packets: analysis.packets,
    messages: conversations.messages,
    controlMessages: recorder.controlMessages,
    invalidMessages: recorder.invalidMessages,
    sessions: conversations.sessions.count + conversations.sessions.refusedLogins,
    flows: analysis.flows.opened,
    streams: recorder.shownStreams().length,
    findings: { ...recorder.findings.counts },
    ...(started && { origin: { ...origin } }),
    errors: files.flatMap(({ path, error }) => (error === undefined ? [] : [{ path, ...error }])),
    quality: qualityOf(reading, recorder),
  };
}

function qualityOf({ analysis, files, live }: Input, recorder: Recorder): Quality {
  const { summary, flows, findings, messages, spool, rules, streamsLeft } = recorder;
  const { reassembly, quality, undecodedPackets } = summary.record(analysis, files);
  let { gaps, gapBytes } = reassembly;
  for (const flow of flows.unended()) {
    for (const stream of flow.streams) {
      gaps += stream.gaps;
      gapBytes += stream.gapBytes;
    }
  }
  const left = {
    messagesIndexed: messages.evicted,
    findingsListed: findings.left,
    flowsRemembered: flows.left,
    streamsListed: streamsLeft,
    messagesJudged: rules.messagesLeft,
    ruleScopes: rules.conformance.evicted,
  };
  return {
    gaps,
    gapBytes,
    undecodedPackets,
    dropped: live === undefined ? droppedOf(files) : droppedLive(live),
    evictedFlows: reassembly.evictedFlows,
    evictedMessages: messages.evicted,
    ...(spool.failure !== undefined && { bodiesLost: spool.failure }),
    limits: [
      ...quality.limits,
      ...Object.entries(left)
        .filter(([, reached]) => reached > 0)
        .map(([limit, reached]) => ({ limit, reached })),
    ],
  };
}

function droppedLive({ statistics }: NonNullable<Progress['live']>): number {
  const { kernelDropped = 0, interfaceDropped = 0, ownDropped = 0 } = statistics ?? {};
  return kernelDropped + interfaceDropped + ownDropped;
}

function droppedOf(files: readonly CaptureFile[]): number {
  let sum = 0;
  for (const { interfaces } of files) {
    for (const { dropped = 0, droppedBetween = 0 } of interfaces) sum += Math.max(dropped, droppedBetween);
  }
  return sum;
}
