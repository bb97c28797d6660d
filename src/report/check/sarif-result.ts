import type { Location, Message, Result } from 'sarif';
import { formatCount } from '../format/table.ts';
import { artifactUri } from './artifact-uri.ts';
import type { CheckFinding, CheckRecord, CheckSample } from './check-schema.ts';
import { excuseWords, placeWords, subjectWords } from './words.ts';

type Files = CheckRecord['files'];

export interface ResultContext {
  readonly files: Files;
  /** Of one result. */
  readonly mostLocations: number;
  /** Place of a rule in the list of the driver. */
  readonly ruleIndex: ReadonlyMap<string, number>;
  /** Some finding is waived: then the standard (§3.27.23) wants the others to say that they are not. */
  readonly tellsSuppressions: boolean;
  readonly comparesBaseline: boolean;
}

/** One kind of finding as one result: of one rule, message and place, however often it was found. */
export function sarifResult(finding: CheckFinding, context: ResultContext): Result {
  const { rule, severity, count, fingerprint, samples, filter, status, messageId, name, from, place } =
    finding;
  const index = context.ruleIndex.get(rule);
  const baselineState = context.comparesBaseline ? baselineStateOf(status) : undefined;
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    kind: 'fail',
    level: severity,
    message: resultMessage(finding),
    locations: locationsOf(samples, context),
    // GitHub matches alerts by the first of these only.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'dvrscopeFinding/v1': fingerprint },
    occurrenceCount: count,
    ...(baselineState !== undefined && { baselineState }),
    ...(context.tellsSuppressions && { suppressions: suppressionsOf(finding) }),
    properties: {
      status,
      ...(messageId !== undefined && { messageId }),
      ...(name !== undefined && { messageName: name }),
      ...(from !== undefined && { from }),
      ...(place !== undefined && { place }),
      ...(filter !== undefined && { filter }),
    },
  };
}

function resultMessage(finding: CheckFinding): Message {
  const { text, count, samples } = finding;
  const [first] = samples;
  const where = first === undefined ? '' : placeWords(first);
  const evidence =
    count === 1 ? where : `${formatCount(count)} times${where === '' ? '' : `, first in ${where}`}`;
  const words = `${subjectWords(finding)}: ${text}`;
  return { text: plainMessage(evidence === '' ? words : `${words} (${evidence})`) };
}

/**
 * Text that is no template: viewers make links of `[text](target)` (§3.11.6), and fill `{0}` in (§3.11.5), where a brace is
 * written twice.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (').replace(/\{(\d+)\}/g, '{{$1}}');
}

function baselineStateOf(status: CheckFinding['status']): Result.baselineState | undefined {
  if (status === 'new') return 'new';
  return status === 'known' ? 'unchanged' : undefined;
}

function suppressionsOf(finding: CheckFinding): NonNullable<Result['suppressions']> {
  if (finding.status !== 'waived') return [];
  return [{ kind: 'external', status: 'accepted', justification: excuseWords(finding) }];
}

/** GitHub refuses a result without a physical location; what belongs to no packet is in the file as a whole. */
function locationsOf(samples: readonly CheckSample[], { files, mostLocations }: ResultContext): Location[] {
  const places = samples.slice(0, mostLocations).map((sample) => locationOf(sample, files));
  return places.length > 0 ? places : [{ physicalLocation: physicalLocation(0, files) }];
}

/**
 * A message lies in several packets, and its body offset is none of the file: so the region is the whole file, the
 * message is a logical location, and its numbers are properties.
 */
function locationOf(sample: CheckSample, files: Files): Location {
  const { message, packets, flow, session, pointer, time, offset, length, line, column } = sample;
  const steps = [
    ...(flow === undefined ? [] : [`flow-${flow}`]),
    ...(message === undefined ? [] : [`message-${message}`]),
  ];
  const last = message === undefined ? `flow ${flow ?? 0}` : `message ${message}`;
  const logical = {
    name: last,
    fullyQualifiedName: `${steps.join('/')}${pointer ?? ''}`,
    kind: pointer === undefined ? (message === undefined ? 'flow' : 'message') : 'value',
  };
  return {
    physicalLocation: physicalLocation(fileOf(packets?.[0], files), files),
    ...(steps.length > 0 && { logicalLocations: [logical] }),
    properties: {
      ...(packets !== undefined && { packets }),
      ...(session !== undefined && { session }),
      ...(time !== undefined && { time }),
      ...(pointer !== undefined && { pointer }),
      ...(offset !== undefined && { bodyByteOffset: offset }),
      ...(length !== undefined && { bodyByteLength: length }),
      ...(line !== undefined && { bodyLine: line }),
      ...(column !== undefined && { bodyColumn: column }),
    },
  };
}

function physicalLocation(index: number, files: Files): NonNullable<Location['physicalLocation']> {
  const { path = '-', bytes = 0 } = files[index] ?? {};
  return {
    artifactLocation: { uri: artifactUri(path), index },
    ...(bytes > 0 && { region: { byteOffset: 0, byteLength: bytes } }),
  };
}

/** Records are numbered on from file to file: the last file that begins at or before the packet. */
function fileOf(packet: number | undefined, files: Files): number {
  if (packet === undefined) return 0;
  return Math.max(
    0,
    files.findLastIndex(({ firstPacket }) => firstPacket !== undefined && firstPacket <= packet),
  );
}
