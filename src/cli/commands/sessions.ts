import type { Analysis } from '../../analysis/analysis.ts';
import type { CaptureFile } from '../../capture/read-captures.ts';
import { safeJson } from '../../report/format/safe-text.ts';
import { plural } from '../../report/format/table.ts';
import { LadderCollector } from '../../report/ladder/ladder.ts';
import { ladderSvg } from '../../report/ladder/ladder-svg.ts';
import { ladderText } from '../../report/ladder/ladder-text.ts';
import type { SessionRecord } from '../../report/records/schemas.ts';
import { SessionFindings, sessionRecord } from '../../report/records/session-record.ts';
import { sessionsText } from '../../report/text/sessions-text.ts';
import type { MediaStream } from '../../session/media-stream.ts';
import type { Session } from '../../session/session.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { loadLimits } from '../config/run-limits.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import { inputPaths, noneIsCapture, Run } from '../read-run.ts';

export async function sessions(files: readonly string[], options: CommandOptions): Promise<void> {
  const paths = inputPaths(files, options);
  if (options.ladder !== undefined) {
    await drawLadder(paths, options.ladder, options);
    return;
  }
  if (options.svg === true) throw usageError('--svg draws a ladder: it needs --ladder N');
  const limits = await loadLimits();
  const run = new Run(paths, options);
  const findings = new SessionFindings();
  const records: SessionRecord[] = [];
  let more = 0;
  const tell = (session: Session, streams: readonly MediaStream[]) => {
    const record = sessionRecord(session, streams, findings.of(session.number));
    findings.forget(session.number);
    if (options.json === true) run.output.line(safeJson(record));
    else if (records.length < limits.conversations.sessions) records.push(record);
    else more += 1;
  };
  const { analysis, files: read } = await run.read(
    { message: (message) => findings.message(message), sessionLetGo: tell },
    { limits },
  );
  const { sessions, media } = analysis.conversations;
  for (const session of sessions.all) tell(session, media.ofSession(session.number));
  if (options.json !== true && !noneIsCapture(read)) {
    records.sort((a, b) => a.session - b.session);
    for (const line of sessionsText(records, outputStyle(options))) run.output.line(line);
    if (more > 0) run.output.line(`… and ${plural(more, 'session')} more; --json lists them all`);
  }
  await run.finish(read);
}

async function drawLadder(paths: readonly string[], wanted: number, options: CommandOptions): Promise<void> {
  const limits = await loadLimits();
  const run = new Run(paths, options);
  const collector = new LadderCollector(wanted, limits.ladder);
  const { analysis, files } = await run.read(
    { message: (message) => collector.message(message), flowEnded: (flow) => collector.flowEnded(flow) },
    { limits },
  );
  const ladder = collector.ladder();
  if (ladder !== undefined) {
    const lines = options.svg === true ? ladderSvg(ladder) : ladderText(ladder, outputStyle(options));
    for (const line of lines) run.output.line(line);
  }
  await run.finish(files);
  if (ladder === undefined) throwMissing(wanted, analysis, files);
}

function throwMissing(wanted: number, analysis: Analysis, files: readonly CaptureFile[]): void {
  if (files.some((file) => file.error !== undefined)) return;
  const { count: opened, refusedLogins } = analysis.conversations.sessions;
  const count = opened + refusedLogins;
  const has = count === 0 ? 'has no sessions' : `has ${plural(count, 'session')}, numbered from 1`;
  throw new Failure(EXIT.usage, `no session ${wanted}: the capture ${has}`);
}
